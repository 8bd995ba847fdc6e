// A response under the eyes of one connection: proven, judged by every rule, and read as a person. Pure; the ACS and `explain`
// both judge here, so what one says the other does.

import type { ReadyConnection } from '../connections/book.ts'
import { allowsSha1, type Connection } from '../connections/connection.ts'
import { type Description, describePerson, subjectHash } from '../connections/describe.ts'
import { Problem } from '../problem.ts'
import type { Assertion } from '../saml/assertion.ts'
import { confirmedUntil } from '../saml/confirmation.ts'
import type { Inquiry } from '../saml/inquiry.ts'
import { judge, verdict } from '../saml/judge.ts'
import type { TrustedKey } from '../saml/proof.ts'
import { examine, type Tools, type Trust } from '../saml/response.ts'
import type { Expected } from '../saml/rule.ts'

/** Everything that a judgement looks at. `inResponseTo` is the request under way, null for an unsolicited response. */
export interface Hearing {
  message: string
  ready: ReadyConnection
  /** Our side of the connection: the entity ID, and every ACS URL that is ours. */
  sp: { entityId: string; acsUrls: readonly string[] }
  decryptionKeys: Trust['decryptionKeys']
  inResponseTo: string | null
  /** Another key in place of the connection's, to see whether anything else is wrong: for evidence, never to admit anybody. */
  stranger?: TrustedKey
  tools: Tools
  now: Date
}

/** Who has a response judged: SHA-256 of the RelayState it answers, where it answers one, and the address it came from. */
export interface Asker {
  login: Buffer | null
  address: string
}

/** A response that every rule lets in: who it is, and until when the same assertion could come again. */
export interface Admission {
  assertion: Assertion
  subjectHash: Buffer
  acceptableUntil: Date
}

/** Judges a response, leaving every check in the inquiry; throws the Problem of the first check that fails. */
export function judgeResponse(hearing: Hearing, inquiry: Inquiry): Admission {
  const { ready, now } = hearing
  const { connection } = ready
  const examined = examine(hearing.message, trustIn(hearing), hearing.tools, inquiry)
  const expected = expectationOf(connection, hearing)
  inquiry.checks.push(...judge(examined, expected, now.getTime()))
  const broken = verdict(inquiry.checks)
  if (broken) throw new Problem(broken)
  const { assertion } = examined
  const subject = subjectHash(assertion, connection.subject)
  if (!subject) throw new Problem('subject_missing')
  return {
    assertion,
    subjectHash: subject,
    acceptableUntil: new Date(confirmedUntil(assertion, expected, now.getTime()) + connection.clock_skew * 1000),
  }
}

/**
 * What the connection says of who was let in, as a step of the inquiry; throws the Problem of `describePerson`. `lastGroups` are
 * asked for only where groups were left out and the connection keeps the last ones.
 */
export function describeAdmitted(
  { assertion }: Admission,
  connection: Connection,
  lastGroups: readonly string[] | undefined,
  inquiry: Inquiry,
): Description {
  return inquiry.step('claims', () => describePerson(assertion, connection, lastGroups), reasons)
}

// Which attribute gave which claim, and which rule which role. Names only: no value of a claim.
function reasons({ sources, grants, groupsLeftOut }: Description): string {
  const claims = Object.entries(sources).map(([claim, names]) => `${claim} from ${names.join(' and ')}`)
  const roles = Object.entries(grants).map(([role, rules]) => `role ${role} by ${rules.join(' and ')}`)
  return [...claims, ...roles, ...(groupsLeftOut ? ['groups were left out'] : [])].join('; ')
}

/** Whether a connection takes a response that answers no login; throws `connection_disabled`, `unsolicited_response`. */
export function requireUnsolicited({ enabled, allow_idp_initiated }: Connection): void {
  if (!enabled) throw new Problem('connection_disabled')
  if (!allow_idp_initiated) throw new Problem('unsolicited_response')
}

function trustIn({ ready: { connection, keys }, decryptionKeys, stranger, now }: Hearing): Trust {
  const common = { decryptionKeys, allowSha1: allowsSha1(connection, now) }
  // Whoever signs for themselves must not learn by this how our keys open what others encrypted.
  if (stranger) return { ...common, keys: [stranger], allowCbcUnsigned: false, refuseCbc: true }
  return { ...common, keys, allowCbcUnsigned: connection.allow_cbc_unsigned }
}

function expectationOf(connection: Connection, { sp, inResponseTo }: Hearing): Expected {
  return {
    issuer: connection.issuer,
    spEntityId: sp.entityId,
    acsUrls: sp.acsUrls,
    inResponseTo,
    clockSkew: connection.clock_skew,
    requireSigned: connection.require_signed,
    requireEncrypted: connection.require_encrypted,
    subject: connection.subject,
    requestedAuthnContext: connection.requested_authn_context,
  }
}
