import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { schemaFiles } from './saml/schema.ts'

/** The texts of the SAML schemas, by file name, from @authenio/samlify-xsd-schema-validator. */
export function readSchemas(): Record<string, string> {
  const folder = join(createRequire(import.meta.url).resolve('@authenio/samlify-xsd-schema-validator'), '../schemas')
  return Object.fromEntries(schemaFiles.map(name => [name, readFileSync(join(folder, name), 'utf8')]))
}
