// Browsers that gave the admin key, in PostgreSQL.

import type { Queryable } from '../db/pool.ts'

/** The SQL of the desk. */
export function adminSessionStore(db: Queryable) {
  return {
    /** Keeps a new one. */
    async insert({ secretHash, keyMark, now, until }: { secretHash: Buffer; keyMark: Buffer; now: Date; until: Date }) {
      await db.query(
        `insert into admin_sessions (secret_hash, key_mark, created_at, last_seen_at, expires_at) values ($1, $2, $3, $3, $4)`,
        [secretHash, keyMark, now, until],
      )
    },

    /** Whether it still counts: made with this key, not over, not idle since before `idleSince`. Its use is noted once a minute. */
    async use(secretHash: Buffer, keyMark: Buffer, now: Date, idleSince: Date): Promise<boolean> {
      const found = await db.query(
        `with found as (
           select secret_hash, last_seen_at from admin_sessions
           where secret_hash = $1 and key_mark = $2 and expires_at > $3 and last_seen_at > $4
         ), noted as (
           update admin_sessions set last_seen_at = $3
           where secret_hash in (select secret_hash from found where last_seen_at < $3::timestamptz - interval '1 minute')
         )
         select 1 from found`,
        [secretHash, keyMark, now, idleSince],
      )
      return found.length > 0
    },

    /** Ends it. */
    async remove(secretHash: Buffer): Promise<void> {
      await db.query('delete from admin_sessions where secret_hash = $1', [secretHash])
    },
  }
}
