// The guest book at hand: sessions as the database had them seconds ago (docs/decisions/0012-sessions-in-memory.md). Keyed by the hash
// of the cookie, never the cookie. Memory can say that somebody is in; that somebody is not in only the database says.

import { isOpen, type Session } from './session.ts'

/** A session in memory. In milliseconds: `usedAt`, its last use that is known here, and `writtenAt`, the last one that the database holds. */
export interface Remembered {
  session: Session
  usedAt: number
  writtenAt: number
}

/** A session as the database has it. */
export function remember(session: Session): Remembered {
  const usedAt = session.last_seen_at.getTime()
  return { session, usedAt, writtenAt: usedAt }
}

/** Opens a memory of at most `most` sessions; beyond that the one goes that was not asked for the longest. */
export function openMemory(most = 10_000) {
  const sessions = new Map<string, Remembered>()
  const keys = new Map<string, string>()
  let forgotten = 0

  const drop = (key: string): void => {
    const found = sessions.get(key)
    sessions.delete(key)
    if (found) keys.delete(found.session.sid)
  }

  return {
    /** What is known of a cookie's hash; undefined says nothing about whether there is a session. */
    get(key: string): Remembered | undefined {
      const found = sessions.get(key)
      if (!found) return undefined
      sessions.delete(key)
      sessions.set(key, found)
      return found
    },

    /** Keeps a session that was read, unless something was forgotten since `before`, when the reading began: it might be this one. */
    put(key: string, session: Session, before: number): Remembered {
      const one = remember(session)
      if (forgotten !== before) return one
      drop(key)
      sessions.set(key, one)
      keys.set(session.sid, key)
      const [oldest] = sessions.keys()
      if (sessions.size > most && oldest !== undefined) drop(oldest)
      return one
    },

    /** Forgets sessions by sid. */
    forget(sids: Iterable<string>): void {
      for (const sid of sids) {
        forgotten += 1
        const key = keys.get(sid)
        if (key !== undefined) drop(key)
      }
    },

    /** Forgets everything. */
    clear(): void {
      forgotten += 1
      sessions.clear()
      keys.clear()
    },

    /** A number that changes whenever something is forgotten. */
    forgotten: (): number => forgotten,
    size: (): number => sessions.size,
  }
}

/** Sessions in memory. */
export type Memory = ReturnType<typeof openMemory>

/** Whether what is remembered suffices to say that somebody is in at `now`; `idleTtl` in seconds. A NaN does not. */
export function isIn({ session, usedAt }: Remembered, now: Date, idleTtl: number): boolean {
  return isOpen(session, now) && now.getTime() - usedAt < idleTtl * 1000
}
