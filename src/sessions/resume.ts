// Verbs of the guest book: find who is in, let them out.

import { createHash } from 'node:crypto'
import type { Session } from './session.ts'

/** What these verbs may use. */
export interface SessionDeps {
  find: (secretHash: Buffer, now: Date, idleSince: Date) => Promise<Session | undefined>
  touch: (sid: string, now: Date) => Promise<void>
  end: (secretHash: Buffer) => Promise<boolean>
  clock: () => Date
  /** Seconds. */
  idleTtl: number
}

// How stale last_seen_at may become before it is written: a fraction of the idle limit, at most a minute.
const touchEvery = (idleTtl: number) => Math.min(60, idleTtl / 10) * 1000

/** The session that a cookie opens, or undefined. */
export function resumeSession({ find, touch, clock, idleTtl }: SessionDeps) {
  return async (secret: string): Promise<Session | undefined> => {
    const now = clock()
    const session = await find(hash(secret), now, new Date(now.getTime() - idleTtl * 1000))
    if (session && now.getTime() - session.last_seen_at.getTime() > touchEvery(idleTtl)) await touch(session.sid, now)
    return session
  }
}

/** Ends the session that a cookie opens; nothing happens where there is none. */
export function endSession({ end }: Pick<SessionDeps, 'end'>) {
  return (secret: string): Promise<boolean> => end(hash(secret))
}

function hash(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}
