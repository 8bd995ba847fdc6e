// A verb of the guest book: who a cookie stands for. From memory where that may be believed, else from the database.

import { isIn, type Memory, type Remembered } from './memory.ts'
import { isOpen, type Session, secretHash } from './session.ts'

/** What this verb may use. */
export interface ResumeDeps {
  memory: Memory
  /** Rejects with `unavailable` where memory may not be believed and the database does not answer. */
  trust: () => Promise<void> | undefined
  find: (secretHash: Buffer, now: Date, idleSince: Date) => Promise<Session | undefined>
  note: (one: Remembered, now: Date) => void
  clock: () => Date
  /** Seconds. */
  idleTtl: number
}

/** The session that a cookie opens, or undefined; rejects with `unavailable` where nobody can tell. */
export function resumeSession({ memory, trust, find, note, clock, idleTtl }: ResumeDeps) {
  const reading = new Map<string, Promise<Remembered | undefined>>()

  const read = async (key: string, hash: Buffer): Promise<Remembered | undefined> => {
    const before = memory.forgotten()
    const now = clock()
    const session = await find(hash, now, new Date(now.getTime() - idleTtl * 1000))
    return session && isOpen(session, now) ? memory.put(key, session, before) : undefined
  }
  // A page asks for many things at once: they share one reading.
  const readOnce = (key: string, hash: Buffer): Promise<Remembered | undefined> => {
    const found = reading.get(key) ?? read(key, hash).finally(() => reading.delete(key))
    reading.set(key, found)
    return found
  }

  return async (secret: string): Promise<Session | undefined> => {
    const hash = secretHash(secret)
    const key = hash.toString('base64')
    if (memory.get(key)) await trust()
    const known = memory.get(key)
    // Idle here may be busy elsewhere: before anybody is turned away, the database is asked.
    const one = known && isIn(known, clock(), idleTtl) ? known : await readOnce(key, hash)
    if (one) note(one, clock())
    return one?.session
  }
}
