import type { Grant } from '../oauth/grant.ts'
import type { Session } from '../sessions/session.ts'
import type { Attempt } from './attempt.ts'
import type { Login } from './login.ts'

/** Everything that one transaction does when all is well. */
export interface Acceptance {
  login: Login | undefined
  connectionVersion: number
  assertionHash: Buffer
  assertionExpires: Date
  subjectHash: Buffer
  /** What becomes of the person's last known groups: these, none, or (undefined) what is kept already. */
  lastGroups: readonly string[] | null | undefined
  session: Session
  secretHash: Buffer
  attempt: Attempt
  /** What an OAuth client gets of it. */
  grant: Grant | undefined
}

/** What came of it: the person's sub, and the sid of the session that the browser had and that ended; or what was used before. */
export type Accepted = { sub: string; ended: string | null } | 'login_used' | 'assertion_replayed'
