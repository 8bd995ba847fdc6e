// What the mapping makes of a person, tried on lines `name = value` without any message: the claims, the roles, and where they
// came from. Pure.

import type { Claims, Wording } from '../connections/describe.ts'
import { tryAttributes } from '../connections/example.ts'
import { Problem } from '../problem.ts'

/** What comes out; `refused` says why the person would not get in. */
export interface Preview {
  claims: Claims
  sources: Record<string, string[]>
  grants: Record<string, string[]>
  refused: string | undefined
}

/** Lines `name = value` as attributes; a name that comes again has several values. Lines without an equals sign are passed over. */
export function readSample(text: string): Record<string, string[]> {
  const attributes = new Map<string, string[]>()
  for (const line of text.split(/\r?\n/).slice(0, 200)) {
    const at = line.indexOf(' = ') === -1 ? line.indexOf('=') : line.indexOf(' = ')
    const name = line.slice(0, Math.max(0, at)).trim()
    const value = line
      .slice(at)
      .replace(/^\s*=\s*/, '')
      .trim()
    if (name !== '' && value !== '') attributes.set(name, [...(attributes.get(name) ?? []), value])
  }
  return Object.fromEntries(attributes)
}

/** Attributes as such lines. */
export function writeSample(attributes: Readonly<Record<string, readonly string[]>>): string {
  const lines = Object.entries(attributes).flatMap(([name, values]) => values.map(value => `${name} = ${value}`))
  return lines.map(line => line.replace(/\s+/g, ' ')).join('\n')
}

/** Tries a mapping. */
export function preview(sample: string, wording: Wording): Preview {
  const person = tryAttributes(readSample(sample), wording)
  if (!(person instanceof Problem)) return { ...person, refused: undefined }
  return { claims: {}, sources: {}, grants: {}, refused: [person.message, person.detail].filter(Boolean).join(': ') }
}
