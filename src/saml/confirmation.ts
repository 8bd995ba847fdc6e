// Bearer subject confirmations (saml-profiles §4.1.4.2): any one that is valid here and now is enough.

import type { Assertion, SubjectConfirmation } from './assertion.ts'
import { bearer } from './names.ts'
import { type Expected, none } from './rule.ts'
import { parseTime } from './time.ts'
import { late, type Moment } from './windows.ts'

/** What is wrong with each bearer confirmation, in their order; undefined for a valid one. `now` in milliseconds. */
export function confirmationFaults(assertion: Assertion, expected: Expected, now: number): (string | undefined)[] {
  return bearerConfirmations(assertion).map(one => fault(one, expected, { now, issued: assertion.issueInstant }))
}

/** When a bearer confirmation that is valid now ends, in milliseconds; NaN where none is valid. */
export function confirmedUntil(assertion: Assertion, expected: Expected, now: number): number {
  const at = { now, issued: assertion.issueInstant }
  const valid = bearerConfirmations(assertion).filter(one => fault(one, expected, at) === undefined)
  return Math.max(...valid.map(one => parseTime(one.notOnOrAfter ?? '')), Number.NEGATIVE_INFINITY)
}

function bearerConfirmations(assertion: Assertion): SubjectConfirmation[] {
  return assertion.confirmations.filter(one => one.method === bearer)
}

type Instant = Pick<Moment, 'now' | 'issued'>

function fault(one: SubjectConfirmation, expected: Expected, at: Instant): string | undefined {
  if (!expected.acsUrls.includes(one.recipient ?? '')) return `Recipient is ${one.recipient ?? none}`
  if (one.inResponseTo !== (expected.inResponseTo ?? undefined)) return `InResponseTo is ${one.inResponseTo ?? none}`
  if (one.notBefore !== undefined) return 'it has a NotBefore'
  if (one.notOnOrAfter === undefined) return 'it has no NotOnOrAfter'
  const over = late(one.notOnOrAfter, { ...at, clockSkew: expected.clockSkew })
  return over && `NotOnOrAfter: ${over.received}`
}
