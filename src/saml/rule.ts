// The form of a rule: what a login expects, what a broken rule answers.

import type { ProblemCode } from '../problem.ts'
import type { Examined } from './response.ts'

/** What this login at this connection expects; `inResponseTo` null: unsolicited. Times are milliseconds. */
export interface Expected {
  issuer: string
  spEntityId: string
  acsUrls: readonly string[]
  inResponseTo: string | null
  clockSkew: number
  requireSigned: 'any' | 'assertion' | 'response' | 'both'
  requireEncrypted: boolean
  /** The attribute that names the person, or null where the NameID does. */
  subject: string | null
  requestedAuthnContext: readonly string[]
}

/** What a rule finds wrong: expected, received, and the fix. */
export interface Finding {
  expected: string
  received: string
  fix: string
}

/** A rule: its code when broken, its place in the specifications, and the predicate; undefined: it holds. */
export interface Rule {
  code: ProblemCode
  section: string
  judge(examined: Examined, expected: Expected, now: number): Finding | undefined
}

/** How an absent value is shown. */
export const none = 'none'

/** The finding of a rule that does not hold. */
export function unless(
  holds: boolean,
  expected: string,
  received: string | undefined,
  fix: string,
): Finding | undefined {
  return holds ? undefined : { expected, received: received || none, fix }
}
