// How large the claims of a token may be: a bearer token travels in a header, and common servers take 8 KB of headers.

import { Problem } from '../problem.ts'

/** Bytes of JSON. With the claims that every token has, in base64url and signed, they make about 6 KB. */
export const roomForClaims = 4096

/** Throws `claims_too_large`, naming the largest claim, where claims would make too long a token. */
export function requireRoom(claims: Readonly<Record<string, string | readonly string[] | boolean>>): void {
  const all = sizeOf(claims)
  if (all <= roomForClaims) return
  const [largest] = Object.entries(claims).sort(([, a], [, b]) => sizeOf(b) - sizeOf(a))
  const [claim, value] = largest ?? ['', '']
  const values = Array.isArray(value) ? ` of ${value.length} values` : ''
  throw new Problem('claims_too_large', { detail: `${all} bytes, ${sizeOf(value)} of them ${claim}${values}` })
}

function sizeOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value))
}
