// Webhooks in PostgreSQL, secrets sealed.

import type { Queryable } from '../db/pool.ts'
import type { Webhook, WebhookSettings } from './webhook.ts'

const columns = 'id, version, name, url, events, enabled, sealed_secret, created_at, updated_at'

/** The SQL of the messenger. */
export function webhookStore(db: Queryable) {
  return {
    /** One webhook by its id. */
    async find(id: string): Promise<Webhook | undefined> {
      const [webhook] = await db.query<Webhook>(`select ${columns} from webhooks where id = $1`, [id])
      return webhook
    },

    /** Webhooks in the order of their ids, from after `after`. */
    list(after: string | undefined, limit: number): Promise<Webhook[]> {
      return db.query<Webhook>(
        `select ${columns} from webhooks where $1::text is null or id > $1 order by id limit $2`,
        [after ?? null, limit],
      )
    },

    /** How many there are that are switched on. */
    async enabled(): Promise<number> {
      const [row] = await db.query<{ count: number }>('select count(*)::int as count from webhooks where enabled')
      return row?.count ?? 0
    },

    /** Keeps a new webhook. */
    async insert(id: string, settings: WebhookSettings, sealedSecret: Buffer, now: Date): Promise<void> {
      await db.query(
        `insert into webhooks (id, name, url, events, enabled, sealed_secret, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $7)`,
        [id, settings.name, settings.url, settings.events, settings.enabled, sealedSecret, now],
      )
    },

    /** Replaces a webhook that is still at `version`; false when it is not. */
    async update(webhook: Webhook, settings: WebhookSettings, sealedSecret: Buffer, now: Date): Promise<boolean> {
      const changed = await db.query(
        `update webhooks set version = version + 1, name = $3, url = $4, events = $5, enabled = $6, sealed_secret = $7,
           updated_at = $8 where id = $1 and version = $2 returning id`,
        [
          ...[webhook.id, webhook.version, settings.name, settings.url, settings.events, settings.enabled],
          ...[sealedSecret, now],
        ],
      )
      return changed.length > 0
    },

    /** Removes a webhook that is still at `version`, with its messages; false when it is not. */
    async remove({ id, version }: Pick<Webhook, 'id' | 'version'>): Promise<boolean> {
      const gone = await db.query('delete from webhooks where id = $1 and version = $2 returning id', [id, version])
      return gone.length > 0
    },
  }
}

/** The SQL of the messenger, over one database or transaction. */
export type WebhookStore = ReturnType<typeof webhookStore>
