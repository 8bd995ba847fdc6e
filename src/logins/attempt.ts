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
}

/** What a refused login may be judged again with; kept sealed. `requestId` is the request it should have answered. */
export interface Evidence {
  response: string
  requestId: string | null
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
  }
}
