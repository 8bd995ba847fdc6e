// Fetched metadata, retired certificates and warnings, in PostgreSQL.

import type { Queryable } from '../db/pool.ts'
import type { RetiredCertificate } from './certificate.ts'
import type { MetadataState } from './metadata.ts'
import type { DueWarning, Expiring } from './warning.ts'

const columns = [
  ...['connection_id', 'url', 'fetched_at', 'tried_at', 'next_at', 'error', 'failures', 'etag', 'last_modified'],
  ...['valid_until', 'cache_seconds', 'stated'],
] as readonly (keyof MetadataState)[]

/** What is shown of a connection beside itself. */
export interface Standing {
  metadata: MetadataState | undefined
  retired: RetiredCertificate[]
  unknownSigners: number
}

/** The SQL of what comes and goes at a connection. */
export function metadataStore(db: Queryable) {
  return {
    /** The state of one connection's metadata, locked, in a transaction of the caller. */
    async hold(connectionId: string): Promise<MetadataState | undefined> {
      const [row] = await db.query<MetadataState>(
        `select ${columns.join(', ')} from connection_metadata where connection_id = $1 for update`,
        [connectionId],
      )
      return row
    },

    /** Keeps a state in place of the one before. */
    async keep(state: MetadataState): Promise<void> {
      await db.query(
        `insert into connection_metadata (${columns.join(', ')}) values (${columns.map((_, at) => `$${at + 1}`).join(', ')})
         on conflict (connection_id) do update set ${columns.map(name => `${name} = excluded.${name}`).join(', ')}`,
        columns.map(name => (name === 'stated' ? JSON.stringify(state.stated) : state[name])),
      )
    },

    /** Forgets the state of a connection that has no metadata_url any more. */
    async forget(connectionId: string): Promise<void> {
      await db.query('delete from connection_metadata where connection_id = $1', [connectionId])
    },

    /** Takes up to `most` connections whose metadata is due; nobody else takes them before `until`. */
    async take(now: Date, until: Date, most: number): Promise<string[]> {
      const rows = await db.query<{ connection_id: string }>(
        `update connection_metadata set next_at = $2 where connection_id in
           (select connection_id from connection_metadata where next_at <= $1 order by next_at limit $3 for update skip locked)
         returning connection_id`,
        [now, until, most],
      )
      return rows.map(row => row.connection_id)
    },

    /** Makes a connection's metadata due, unless it was fetched after `since`. */
    async hurry(connectionId: string, now: Date, since: Date): Promise<void> {
      await db.query(
        'update connection_metadata set next_at = $2 where connection_id = $1 and next_at > $2 and tried_at < $3',
        [connectionId, now, since],
      )
    },

    /** What is shown beside a connection. */
    async standing(connectionId: string): Promise<Standing> {
      const [[metadata], retired, unknown] = await Promise.all([
        db.query<MetadataState>(`select ${columns.join(', ')} from connection_metadata where connection_id = $1`, [
          connectionId,
        ]),
        db.query<RetiredCertificate>(
          `select sha256, subject, not_before, not_after, source, retired_at from retired_certificates
           where connection_id = $1 order by retired_at desc, sha256 limit 20`,
          [connectionId],
        ),
        db.query<{ sha256: string }>('select sha256 from unknown_signers where connection_id = $1', [connectionId]),
      ])
      return { metadata, retired, unknownSigners: unknown.length }
    },

    /** The certificates of connections that are on which expire between two moments. */
    expiring(from: Date, until: Date): Promise<Expiring[]> {
      return db.query<Expiring>(
        `select i.connection_id, i.sha256, i.not_after from idp_certificates i join connections c on c.id = i.connection_id
         where c.enabled and i.not_after > $1 and i.not_after <= $2`,
        [from, until],
      )
    },

    /** Keeps that somebody was warned; answers those of the warnings that nobody had said yet. */
    warn(warnings: readonly DueWarning[], now: Date): Promise<DueWarning[]> {
      const column = <T>(take: (one: DueWarning) => T) => warnings.map(take)
      return db.query<DueWarning>(
        `with said as (
           insert into certificate_warnings (connection_id, sha256, days, at)
           select c.id, t.sha256, t.days, $5 from unnest($1::text[], $2::text[], $3::int[]) as t (connection_id, sha256, days)
             join connections c on c.id = t.connection_id
           on conflict on constraint warned_once do nothing returning connection_id, sha256, days)
         select said.*, t.not_after from said
           join unnest($1::text[], $2::text[], $3::int[], $4::timestamptz[]) as t (connection_id, sha256, days, not_after)
             using (connection_id, sha256, days)`,
        [column(w => w.connection_id), column(w => w.sha256), column(w => w.days), column(w => w.not_after), now],
      )
    },
  }
}
