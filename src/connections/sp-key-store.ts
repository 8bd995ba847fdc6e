// SP keys in PostgreSQL, private keys sealed.

import type { Queryable } from '../db/pool.ts'
import type { SealedSpKey, SpKeyRecord } from './sp-key.ts'

const columns = 'id, purpose, connection_id, certificate, sealed_private_key, created_at, activated_at, retired_at'

/** The SQL of the SP keys. */
export function spKeyStore(db: Queryable) {
  return {
    /** Every key, newest first. */
    list: (): Promise<SealedSpKey[]> =>
      db.query<SealedSpKey>(`select ${columns} from sp_keys order by created_at desc, id`),

    /** Keeps a key. */
    async insert(key: SealedSpKey): Promise<void> {
      await db.query(`insert into sp_keys (${columns}) values ($1, $2, $3, $4, $5, $6, $7, $8)`, [
        ...[key.id, key.purpose, key.connection_id, key.certificate, key.sealed_private_key],
        ...[key.created_at, key.activated_at, key.retired_at],
      ])
    },

    /** Says anew since when a key is used, and since when it is not. */
    async change({ id, activated_at, retired_at }: Pick<SpKeyRecord, 'id' | 'activated_at' | 'retired_at'>) {
      await db.query('update sp_keys set activated_at = $2, retired_at = $3 where id = $1', [
        id,
        activated_at,
        retired_at,
      ])
    },

    /** Whether there is such a connection. */
    async hasConnection(id: string): Promise<boolean> {
      return (await db.query('select from connections where id = $1 for key share', [id])).length > 0
    },
  }
}
