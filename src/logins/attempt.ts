import type { ProblemCode } from '../problem.ts'
import type { Check } from '../saml/inquiry.ts'

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
