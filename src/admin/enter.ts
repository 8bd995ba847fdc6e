// Verbs of the desk: let the admin key in, say who is before us, show out.

import { Problem } from '../problem.ts'
import { type Session, secretHash } from '../sessions/session.ts'
import { deskIdleTtl, deskTtl, keyMark, type Visitor, visitorOf } from './visitor.ts'

/** What these verbs may use. */
export interface EnterDeps {
  isAdminKey: (key: string) => boolean
  adminKeyHash: Buffer
  /** The connection whose people may come in, where one is named. */
  adminConnection: string | undefined
  /** Who a session cookie stands for. */
  resume: (secret: string) => Promise<Session | undefined>
  insert: (row: { secretHash: Buffer; keyMark: Buffer; now: Date; until: Date }) => Promise<void>
  use: (secretHash: Buffer, keyMark: Buffer, now: Date, idleSince: Date) => Promise<boolean>
  remove: (secretHash: Buffer) => Promise<void>
  clock: () => Date
  random: (bytes: number) => Buffer
}

/** The cookies that may let somebody in. */
export interface Credentials {
  admin: string | undefined
  session: string | undefined
}

/** Opens the pages to whoever has the admin key; throws `unauthorized`. Answers the secret for the cookie. */
export function enterByKey({ isAdminKey, adminKeyHash, insert, clock, random }: EnterDeps) {
  return async (key: string): Promise<{ secret: string; expiresAt: Date }> => {
    if (!isAdminKey(key)) throw new Problem('unauthorized')
    const [secret, now] = [random(32).toString('base64url'), clock()]
    const until = new Date(now.getTime() + deskTtl * 1000)
    await insert({ secretHash: secretHash(secret), keyMark: keyMark(adminKeyHash), now, until })
    return { secret, expiresAt: until }
  }
}

/** Who is before us: the admin key's cookie counts first, then a session of the connection that is named for it. */
export function recognise({ use, adminKeyHash, adminConnection, resume, clock }: EnterDeps) {
  return async ({ admin, session }: Credentials): Promise<Visitor | undefined> => {
    const now = clock()
    if (admin !== undefined) {
      const idleSince = new Date(now.getTime() - deskIdleTtl * 1000)
      if (await use(secretHash(admin), keyMark(adminKeyHash), now, idleSince))
        return { actor: 'admin-key', name: 'the admin key', role: 'operator', secret: admin }
    }
    if (session === undefined || adminConnection === undefined) return undefined
    const found = await resume(session)
    return found && visitorOf(found, adminConnection, session, now)
  }
}

/** Ends the session of an admin cookie. */
export function leaveDesk({ remove }: EnterDeps) {
  return (secret: string): Promise<void> => remove(secretHash(secret))
}
