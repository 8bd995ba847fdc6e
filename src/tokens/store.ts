// Signing keys in PostgreSQL, private halves sealed.

import type { Queryable } from '../db/pool.ts'
import type { SealedKey } from './keyring.ts'

const columns = 'kid, alg, public_jwk, sealed_private_jwk, created_at, signs_from, signs_until, published_until'

/** The SQL of the seal. */
export function keyStore(db: Queryable) {
  return {
    /** Every key, oldest first. */
    list: (): Promise<SealedKey[]> =>
      db.query<SealedKey>(`select ${columns} from signing_keys order by created_at, kid`),

    /** Keeps a key. */
    async insert(key: SealedKey): Promise<void> {
      await db.query(`insert into signing_keys (${columns}) values ($1, $2, $3, $4, $5, $6, $7, $8)`, [
        ...[key.kid, key.alg, key.public_jwk, key.sealed_private_jwk, key.created_at],
        ...[key.signs_from, key.signs_until, key.published_until],
      ])
    },
  }
}
