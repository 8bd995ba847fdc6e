// Sessions in PostgreSQL. A session counts only while its connection is switched on.

import type { Queryable } from '../db/pool.ts'
import type { Session } from './session.ts'

const columns =
  's.sid, s.sub, s.connection_id, s.tenant, s.client_id, s.claims, s.name_id, s.session_index, s.auth_time, s.created_at, s.last_seen_at, s.expires_at'

/** The SQL of the guest book. */
export function sessionStore(db: Queryable) {
  return {
    /** The session of a cookie that is neither over nor idle since before `idleSince`. */
    async find(secretHash: Buffer, now: Date, idleSince: Date): Promise<Session | undefined> {
      const [session] = await db.query<Session>(
        `select ${columns} from sessions s join connections c on c.id = s.connection_id and c.enabled
         where s.secret_hash = $1 and s.expires_at > $2 and s.last_seen_at > $3`,
        [secretHash, now, idleSince],
      )
      return session
    },

    /** A session by its public id, under the same limits. */
    async findBySid(sid: string, now: Date, idleSince: Date): Promise<Session | undefined> {
      const [session] = await db.query<Session>(
        `select ${columns} from sessions s join connections c on c.id = s.connection_id and c.enabled
         where s.sid = $1 and s.expires_at > $2 and s.last_seen_at > $3`,
        [sid, now, idleSince],
      )
      return session
    },

    /** Ends a session by its public id. */
    async endBySid(sid: string): Promise<void> {
      await db.query('delete from sessions where sid = $1', [sid])
    },

    /** Notes that a session was used. */
    async touch(sid: string, now: Date): Promise<void> {
      await db.query('update sessions set last_seen_at = $2 where sid = $1 and last_seen_at < $2', [sid, now])
    },

    /** Ends the session of a cookie; answers whether there was one. */
    async end(secretHash: Buffer): Promise<boolean> {
      const ended = await db.query('delete from sessions where secret_hash = $1 returning sid', [secretHash])
      return ended.length > 0
    },
  }
}
