// Clients in PostgreSQL.

import type { Queryable } from '../db/pool.ts'
import type { Client, ClientSettings } from './client.ts'

const settingColumns = [
  ...[
    'name',
    'audience',
    'redirect_uris',
    'origins',
    'post_logout_redirect_uris',
    'token_ttl',
    'confidential',
    'jwks',
    'connections',
  ],
] as readonly (keyof ClientSettings)[]

/** The SQL of the clients. */
export function clientStore(db: Queryable) {
  const select = `select client_id, version, ${settingColumns.join(', ')}, secret_hash, created_at, updated_at from clients`
  return {
    /** One client by its id. */
    async find(clientId: string): Promise<Client | undefined> {
      const [client] = await db.query<Client>(`${select} where client_id = $1`, [clientId])
      return client
    },

    /** Clients in the order of their ids, from after `after`. */
    list(after: string | undefined, limit: number): Promise<Client[]> {
      return db.query<Client>(`${select} where $1::text is null or client_id > $1 order by client_id limit $2`, [
        after ?? null,
        limit,
      ])
    },

    /** The clients that have an origin. */
    withOrigin(origin: string): Promise<Client[]> {
      return db.query<Client>(`${select} where origins @> array[$1] order by client_id limit 10`, [origin])
    },

    /** Keeps a new client; false when its id is taken. */
    async insert(settings: ClientSettings, secretHash: Buffer | null, now: Date): Promise<boolean> {
      const places = settingColumns.map((_, at) => `$${at + 4}`).join(', ')
      const made = await db.query(
        `insert into clients (client_id, secret_hash, created_at, updated_at, ${settingColumns.join(', ')})
         values ($1, $2, $3, $3, ${places}) on conflict (client_id) do nothing returning client_id`,
        [settings.client_id, secretHash, now, ...settingColumns.map(name => settings[name])],
      )
      return made.length > 0
    },

    /** Replaces a client that is still at `version`; false when it is not. */
    async update(version: number, settings: ClientSettings, secretHash: Buffer | null, now: Date): Promise<boolean> {
      const places = settingColumns.map((name, at) => `${name} = $${at + 5}`).join(', ')
      const changed = await db.query(
        `update clients set version = version + 1, secret_hash = $3, updated_at = $4, ${places}
         where client_id = $1 and version = $2 returning client_id`,
        [settings.client_id, version, secretHash, now, ...settingColumns.map(name => settings[name])],
      )
      return changed.length > 0
    },

    /** Locks a client that is still at `version`, in a transaction of the caller; false when it is not there so. */
    async hold(clientId: string, version: number): Promise<boolean> {
      const held = await db.query('select 1 from clients where client_id = $1 and version = $2 for update', [
        clientId,
        version,
      ])
      return held.length > 0
    },

    /** Removes a client with everything that hangs on it. */
    async remove(clientId: string): Promise<void> {
      await db.query('delete from clients where client_id = $1', [clientId])
    },
  }
}

/** The SQL of the clients, over one database or transaction. */
export type ClientStore = ReturnType<typeof clientStore>
