import { advise } from '../connections/advice.ts'
import type { Connection } from '../connections/connection.ts'
import type { ProblemCode } from '../problem.ts'
import { type Check, complete, type Inquiry } from '../saml/inquiry.ts'

/** One response that came to an ACS, with every check: what `/api/v1/logins/{trace_id}` shows. */
export interface Attempt {
  trace_id: string
  at: Date
  connection_id: string | null
  outcome: 'accepted' | 'refused'
  code: ProblemCode | null
  checks: Check[]
  sub: string | null
  /** Whether the message is there to be judged again, or why it is not; null where it came in. */
  evidence: 'kept' | EvidenceMissing | null
}

/** Why the message of a refused attempt was not kept, in words for operators. */
export const evidenceMissing = {
  no_login: 'It was refused before it was known to answer a login of this connection and browser.',
  not_read: 'It was refused before it was read as XML.',
  login_had_one: 'An earlier message of the same login is kept; a login keeps one.',
  login_over: 'Its login was over by then.',
  hourly_limit: 'This connection kept as many messages within the hour as it may.',
} as const

/** A reason why there is no evidence. */
export type EvidenceMissing = keyof typeof evidenceMissing

/** An attempt in a list: without its checks, with the name of its connection. */
export interface AttemptLine extends Omit<Attempt, 'checks' | 'evidence'> {
  connection_name: string | null
}

/** Which attempts to list; every condition that is given must hold. `before`: the trace id after which the page goes on. */
export interface AttemptQuery {
  connection?: string | undefined
  outcome?: Attempt['outcome'] | undefined
  before?: string | undefined
  limit: number
}

/** What a refused login may be judged again with; kept sealed. `requestId` is the request it should have answered. */
export interface Evidence {
  response: string
  requestId: string | null
}

/** A refusal to be recorded: what would be kept of it, and the login that its RelayState names, whoever began that. */
export interface Refusal {
  attempt: Attempt
  evidence: Evidence | EvidenceMissing
  loginHash: Buffer | null
}

/** The attempt that a judgement amounts to; `code` null: it was accepted. */
export function attemptOf(
  { connection, inquiry, traceId, at }: { connection: Connection; inquiry: Inquiry; traceId: string; at: Date },
  code: ProblemCode | null,
): Attempt {
  return {
    ...{ trace_id: traceId, at, connection_id: connection.id, outcome: code === null ? 'accepted' : 'refused', code },
    checks: advise(complete(inquiry.checks), connection),
    sub: null,
    evidence: null,
  }
}

/** Evidence of a refusal, or why it is not to be kept: a message that no parser saw is not worth its place. */
export function evidenceOf({ checks, code }: Attempt, evidence: Evidence | undefined): Refusal['evidence'] {
  const failed = (name: string) => checks.some(check => check.name === name && check.verdict === 'fail')
  const passed = (name: string) => checks.some(check => check.name === name && check.verdict === 'pass')
  if (failed('login')) return 'no_login'
  return evidence && (passed('xml') || code === 'xml_malformed') ? evidence : 'not_read'
}
