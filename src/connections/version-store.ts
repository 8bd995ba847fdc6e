// Versions of connections in PostgreSQL: one row a version, gone with the connection.

import type { Author } from '../audit/event.ts'
import type { Queryable } from '../db/pool.ts'
import type { Connection } from './connection.ts'
import { settingsOf } from './connection.ts'
import type { ConnectionVersion } from './version.ts'

/** The SQL of the versions. */
export function versionStore(db: Queryable) {
  const select = 'select version, at, actor, settings, certificates from connection_versions where connection_id = $1'
  return {
    /** Keeps a connection as it is, in the transaction that made it so. */
    async keep(connection: Connection, { actor }: Author): Promise<void> {
      const { id, version, updated_at, certificates } = connection
      await db.query(
        `insert into connection_versions (connection_id, version, at, actor, settings, certificates)
         values ($1, $2, $3, $4, $5, $6)`,
        [id, version, updated_at, actor, JSON.stringify(settingsOf(connection)), JSON.stringify(certificates)],
      )
    },

    /** One version of a connection. */
    async version(id: string, version: number): Promise<ConnectionVersion | undefined> {
      const [found] = await db.query<ConnectionVersion>(`${select} and version = $2`, [id, version])
      return found
    },

    /** Versions, newest first, from before `before`. */
    versions(id: string, before: number | undefined, limit: number): Promise<ConnectionVersion[]> {
      return db.query<ConnectionVersion>(
        `${select} and ($2::integer is null or version < $2) order by version desc limit $3`,
        [id, before ?? null, limit],
      )
    },
  }
}
