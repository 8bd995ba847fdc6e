// SP keys in PostgreSQL, private keys sealed.

import type { Queryable } from '../db/pool.ts'
import type { SealedSpKey } from './sp-key.ts'

const columns = 'id, purpose, connection_id, certificate, sealed_private_key, created_at, retired_at'

/** The SQL of the SP keys. */
export function spKeyStore(db: Queryable) {
  return {
    /** Every key, newest first. */
    list: (): Promise<SealedSpKey[]> =>
      db.query<SealedSpKey>(`select ${columns} from sp_keys order by created_at desc, id`),

    /** Keeps a key. */
    async insert(key: SealedSpKey): Promise<void> {
      await db.query(`insert into sp_keys (${columns}) values ($1, $2, $3, $4, $5, $6, $7)`, [
        ...[
          key.id,
          key.purpose,
          key.connection_id,
          key.certificate,
          key.sealed_private_key,
          key.created_at,
          key.retired_at,
        ],
      ])
    },
  }
}
