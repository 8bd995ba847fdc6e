// What a test sign-in showed: for the browser in which it was made, and for nobody else.

import type { Claims } from '../connections/describe.ts'
import type { ProblemCode } from '../problem.ts'
import type { Check } from '../saml/inquiry.ts'

/** A test that came to its end. What describes the person is there only where the response was accepted. */
export interface TestResult {
  at: string
  outcome: 'accepted' | 'refused'
  code: ProblemCode | null
  checks: Check[]
  /** The decoded response; null where it could not be decoded. */
  xml: string | null
  /** The settings with which it was judged, as hexadecimal SHA-256. */
  settings: string
  person: {
    /** The one name that stays, and what it is: the format of the NameID, or the attribute. */
    named: { value: string; kind: string } | null
    attributes: Record<string, string[]>
    claims: Claims
    sources: Record<string, string[]>
    grants: Record<string, string[]>
  } | null
}

/** A response set out for reading: a tag a line, indented; nothing but white space between tags is changed. */
export function readable(xml: string): string {
  let depth = 0
  const lines = xml
    .trim()
    .split(/(?<=>)\s*(?=<)/)
    .map(part => {
      if (part.startsWith('</')) depth = Math.max(0, depth - 1)
      const line = '  '.repeat(Math.min(depth, 12)) + part
      if (/^<[^!?/]/.test(part) && !/\/>$/.test(part) && !part.includes('</')) depth += 1
      return line
    })
  return lines.join('\n')
}
