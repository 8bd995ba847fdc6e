// The outbox in PostgreSQL: events in, messages out. An event is written in the transaction of the change that it tells of.

import { randomBytes } from 'node:crypto'
import type { Queryable } from '../db/pool.ts'
import { bodyOf, type SentMessage, type TakenMessage } from './message.ts'
import type { WebhookEvent } from './webhook.ts'

/** Writes an event for every webhook that wants it, in the transaction `tx`: it is told of if, and only if, that is committed. */
export async function emit(tx: Queryable, event: WebhookEvent, now: Date): Promise<void> {
  const id = `msg_${randomBytes(16).toString('base64url')}`
  await tx.query(
    `insert into webhook_messages (webhook_id, id, type, body, created_at, next_at)
     select w.id, $1, $2::text, $3, $4, $4 from webhooks w where w.enabled and $2::text = any(w.events)`,
    [id, event.type, bodyOf(event, now), now],
  )
}

const columns = `id, type, case when delivered_at is not null then 'delivered' when dead_at is not null then 'dead' else 'waiting' end
  as state, created_at, attempts, next_at, delivered_at, dead_at, last_status, last_error`

// Seconds after which another replica may try a message whose replica went away in the middle of an attempt.
const lease = 60
const atOnce = 4
// Days for which a message that was delivered, or given up, can be looked at and sent again.
const keptDays = 7

/** The SQL of the outbox. */
export function outbox(db: Queryable) {
  return {
    /** Takes what is due, a few messages of each webhook but those of `busy`; what one replica takes the others leave out. */
    take(now: Date, busy: readonly string[]): Promise<TakenMessage[]> {
      return db.query<TakenMessage>(
        `update webhook_messages m set attempts = m.attempts + 1, next_at = $1::timestamptz + ${lease} * interval '1 second'
         from webhooks w
         where w.id = m.webhook_id and (m.webhook_id, m.id) in (
           select d.webhook_id, d.id from webhooks e cross join lateral (
             select x.webhook_id, x.id from webhook_messages x where x.webhook_id = e.id and x.next_at <= $1
             order by x.next_at limit ${atOnce} for update skip locked) d
           where e.enabled and e.id <> all($2))
         returning m.webhook_id, m.id, m.body, m.attempts, w.url, w.sealed_secret`,
        [now, busy],
      )
    },

    /** Notes how an attempt went, unless a later one was begun: delivered, tried again at `next`, or given up. */
    async settle(
      { webhook_id, id, attempts }: Pick<TakenMessage, 'webhook_id' | 'id' | 'attempts'>,
      now: Date,
      end: { status: number | null; error: string | null; next: Date | undefined },
    ): Promise<void> {
      await db.query(
        `update webhook_messages set last_status = $5, last_error = $6, next_at = $7::timestamptz,
           delivered_at = case when $6::text is null then $4::timestamptz end,
           dead_at = case when $6::text is not null and $7::timestamptz is null then $4::timestamptz end,
           forget_at = case when $7::timestamptz is null then $4::timestamptz + ${keptDays} * interval '1 day' end
         where webhook_id = $1 and id = $2 and attempts = $3 and next_at is not null`,
        [webhook_id, id, attempts, now, end.status, end.error, end.next ?? null],
      )
    },

    /** Gives up what has waited for a day because its webhook is switched off. */
    async giveUp(now: Date): Promise<void> {
      await db.query(
        `update webhook_messages set next_at = null, dead_at = $1, last_error = 'was switched off for a day',
           forget_at = $1::timestamptz + ${keptDays} * interval '1 day'
         where next_at < $1::timestamptz - interval '1 day'`,
        [now],
      )
    },

    /** The messages of a webhook, newest first; `before` is the id after which the page goes on. */
    list(webhookId: string, state: string | undefined, before: string | undefined, limit: number) {
      return db.query<SentMessage>(
        `select ${columns} from webhook_messages
         where webhook_id = $1 and ($2::text is null or case $2 when 'delivered' then delivered_at is not null
             when 'dead' then dead_at is not null else next_at is not null end)
           and ($3::text is null or (created_at, id) < (select created_at, id from webhook_messages where webhook_id = $1 and id = $3))
         order by created_at desc, id desc limit $4`,
        [webhookId, state ?? null, before ?? null, limit],
      )
    },

    /** Has a message tried again now, with all its attempts before it; undefined where there is none. */
    async again(webhookId: string, id: string, now: Date): Promise<SentMessage | undefined> {
      const [message] = await db.query<SentMessage>(
        `update webhook_messages
         set attempts = 0, next_at = $3, delivered_at = null, dead_at = null, forget_at = null
         where webhook_id = $1 and id = $2 returning ${columns}`,
        [webhookId, id, now],
      )
      return message
    },
  }
}

/** The SQL of the outbox, over one database or transaction. */
export type Outbox = ReturnType<typeof outbox>
