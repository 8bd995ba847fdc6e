// What a scrape asks of the database, in PostgreSQL.

import type { Queryable } from '../db/pool.ts'
import type { Sight } from './gauges.ts'

/** The SQL of the window; at most `most` connections are named. */
export function sightStore(db: Queryable, most: number) {
  return {
    /** One statement, whatever there is: a few counts, and the connections whose certificates end first. */
    async sight(now: Date): Promise<Sight> {
      const [row] = await db.query<Row>(
        `select
           (select coalesce(json_agg(json_build_object('connection', x.id, 'at', x.ends)), '[]') from (
             select c.id, max(i.not_after) as ends from connections c join idp_certificates i on i.connection_id = c.id
             where c.enabled group by c.id order by ends limit $2) x) as certificates,
           (select count(*)::int from connections where enabled) as connections,
           (select count(*)::int from ended_sessions where tokens_until > $1) as revoked,
           (select json_build_object('waiting', count(*), 'oldest', min(created_at)) from webhook_messages
             where next_at is not null) as outbox,
           (select count(*)::int from webhook_messages where dead_at is not null) as dead`,
        [now, most],
      )
      if (!row) throw new Error('A statement without a row')
      const { connections, revoked, outbox, dead } = row
      return {
        certificates: row.certificates.map(({ connection, at }) => ({ connection, notAfter: new Date(at) })),
        metadata: [],
        ...{ connections, revoked },
        webhooks: { waiting: outbox.waiting, dead, oldest: outbox.oldest === null ? null : new Date(outbox.oldest) },
      }
    },
  }
}

interface Row {
  certificates: { connection: string; at: string }[]
  connections: number
  revoked: number
  outbox: { waiting: number; oldest: string | null }
  dead: number
}
