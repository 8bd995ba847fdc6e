// Audit events in PostgreSQL: added, read, and nothing else.

import type { Queryable } from '../db/pool.ts'
import { type AuditEvent, canonical, type Head } from './event.ts'
import type { RawEvent } from './verify.ts'

const columns = `seq, at, actor, action, subject_type, subject_id, trust, before, after, trace_id,
  encode(previous_hash, 'hex') as previous_hash, encode(hash, 'hex') as hash`

/** Which events to list; every condition that is given must hold. */
export interface EventFilter {
  subject_type?: string | undefined
  subject_id?: string | undefined
  actor?: string | undefined
  action?: string | undefined
  trust?: boolean | undefined
  since?: Date | undefined
  /** Only events before this one. */
  before?: number | undefined
  limit: number
}

/** The SQL of the audit log. */
export function auditStore(db: Queryable) {
  return {
    /** The end of the chain, locked, in a transaction of the caller. */
    async lockHead(): Promise<Head> {
      const [head] = await db.query<Head>(
        `select seq, encode(hash, 'hex') as hash from audit_head where id = 1 for update`,
      )
      if (!head) throw new Error('audit_head is empty: the chain has lost its end')
      return head
    },

    /** Keeps events that follow each other, the last of them the end of the chain; in one statement. */
    async append(events: readonly AuditEvent[]): Promise<void> {
      const column = <T>(take: (event: AuditEvent) => T) => events.map(take)
      const text = (value: object | null) => value && canonical(value)
      await db.query(
        `with kept as (insert into audit_events
            (seq, at, actor, action, subject_type, subject_id, trust, before, after, trace_id, previous_hash, hash)
          select * from unnest($1::bigint[], $2::timestamptz[], $3::text[], $4::text[], $5::text[], $6::text[], $7::boolean[],
            $8::text[], $9::text[], $10::text[], $11::bytea[], $12::bytea[]))
         update audit_head set seq = $13, hash = $14 where id = 1`,
        [
          ...[column(e => e.seq), column(e => e.at), column(e => e.actor), column(e => e.action)],
          ...[column(e => e.subject_type), column(e => e.subject_id), column(e => e.trust)],
          ...[column(e => text(e.before)), column(e => text(e.after)), column(e => e.trace_id)],
          ...[column(e => Buffer.from(e.previous_hash, 'hex')), column(e => Buffer.from(e.hash, 'hex'))],
          ...[events.at(-1)?.seq, Buffer.from(events.at(-1)?.hash ?? '', 'hex')],
        ],
      )
    },

    /** Events that fit, newest first. */
    async list({ subject_type, subject_id, actor, action, trust, since, before, limit }: EventFilter) {
      const rows = await db.query<RawEvent>(
        `select ${columns} from audit_events
         where ($1::text is null or subject_type = $1) and ($2::text is null or subject_id = $2)
           and ($3::text is null or actor = $3) and ($4::text is null or action = $4) and ($5::boolean is null or trust = $5)
           and ($6::timestamptz is null or at >= $6) and ($7::bigint is null or seq < $7) order by seq desc limit $8`,
        [subject_type, subject_id, actor, action, trust, since, before, limit].map(one => one ?? null),
      )
      return rows.map(fromRow)
    },

    /** Events as they are kept, in their order, from after `seq`. */
    read: (seq: number, limit: number): Promise<RawEvent[]> =>
      db.query<RawEvent>(`select ${columns} from audit_events where seq > $1 order by seq limit $2`, [seq, limit]),

    /** Where the chain is said to end. */
    async head(): Promise<Head | undefined> {
      const [head] = await db.query<Head>(`select seq, encode(hash, 'hex') as hash from audit_head where id = 1`)
      return head
    },

    /** An event by its hash, in hex. */
    async find(hash: string): Promise<Head | undefined> {
      const [found] = await db.query<Head>(
        `select seq, encode(hash, 'hex') as hash from audit_events where hash = $1`,
        [Buffer.from(hash, 'hex')],
      )
      return found
    },
  }
}

function fromRow({ before, after, ...row }: RawEvent): AuditEvent {
  const read = (text: string | null): object | null => (text === null ? null : JSON.parse(text))
  return { ...row, before: read(before), after: read(after) }
}
