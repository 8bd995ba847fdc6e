// Logouts under way and logout requests that were taken, in PostgreSQL.

import type { Queryable } from '../db/pool.ts'
import type { Logout } from './logout.ts'

/** The SQL of the way out. */
export function logoutStore(db: Queryable) {
  return {
    /** Keeps a logout; false where the connection is gone or switched off. */
    async save(logout: Logout): Promise<boolean> {
      const kept = await db.query(
        `insert into logouts (request_id, browser_hash, connection_id, return_to, created_at, expires_at)
         select $1, $2, id, $4, $5, $6 from connections where id = $3 and enabled returning 1`,
        [
          ...[logout.request_id, logout.browser_hash, logout.connection_id],
          ...[logout.return_to, logout.created_at, logout.expires_at],
        ],
      )
      return kept.length > 0
    },

    /** Consumes a logout of this browser that is not over; undefined where there is none. */
    async finish(
      { request_id, browser_hash, connection_id }: Pick<Logout, 'request_id' | 'browser_hash' | 'connection_id'>,
      now: Date,
    ): Promise<Logout | undefined> {
      const [logout] = await db.query<Logout>(
        `delete from logouts where request_id = $1 and browser_hash = $2 and connection_id = $3 and expires_at > $4
         returning request_id, browser_hash, connection_id, return_to, created_at, expires_at`,
        [request_id, browser_hash, connection_id, now],
      )
      return logout
    },

    /** Whether somebody left a connection in this browser, and the identity provider has not answered yet. */
    async begun(connectionId: string, browserHash: Buffer, now: Date): Promise<boolean> {
      const found = await db.query(
        'select 1 from logouts where browser_hash = $1 and connection_id = $2 and expires_at > $3 limit 1',
        [browserHash, connectionId, now],
      )
      return found.length > 0
    },

    /** Notes a request as used until `expires`; false where it was used before. */
    async consume(connectionId: string, requestHash: Buffer, expires: Date): Promise<boolean> {
      const noted = await db.query(
        `insert into consumed_logout_requests (connection_id, request_hash, expires_at) values ($1, $2, $3)
         on conflict on constraint logout_request_once do nothing returning 1`,
        [connectionId, requestHash, expires],
      )
      return noted.length > 0
    },

    /** The version of a connection. */
    async version(connectionId: string): Promise<number | undefined> {
      const [row] = await db.query<{ version: number }>('select version from connections where id = $1', [connectionId])
      return row?.version
    },
  }
}
