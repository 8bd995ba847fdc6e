// openapi.yaml, read and parsed once a process.

import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import type { Specification } from './http/body-schema.ts'

/** Its text, as it is published. */
export const specificationText = readFileSync(fileURLToPath(new URL('../openapi.yaml', import.meta.url)), 'utf8')

let known: Specification | undefined

/** What it says; not to be changed. */
export function specification(): Specification {
  known ??= parse(specificationText) as Specification
  return known
}
