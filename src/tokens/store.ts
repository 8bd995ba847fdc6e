// Signing keys in PostgreSQL, private halves sealed.

import type { Queryable } from '../db/pool.ts'
import type { SealedKey } from './keyring.ts'
import type { KeyTimes } from './signing-key.ts'

const columns = 'kid, alg, public_jwk, sealed_private_jwk, created_at, signs_from, signs_until, published_until'

const lock = 4_715_062_204

/** Waits until no other replica changes keys of ours, of either kind; the lock ends with the transaction. */
export async function lockKeys(tx: Queryable): Promise<void> {
  await tx.query('select pg_advisory_xact_lock($1)', [lock])
}

/** The SQL of the seal. */
export function keyStore(db: Queryable) {
  return {
    /** Every key, in the order in which they sign. */
    list: (): Promise<SealedKey[]> =>
      db.query<SealedKey>(`select ${columns} from signing_keys order by signs_from, kid`),

    /** Keeps a key. */
    async insert(key: SealedKey): Promise<void> {
      await db.query(`insert into signing_keys (${columns}) values ($1, $2, $3, $4, $5, $6, $7, $8)`, [
        ...[key.kid, key.alg, key.public_jwk, key.sealed_private_jwk, key.created_at],
        ...[key.signs_from, key.signs_until, key.published_until],
      ])
    },

    /** Gives a key other times. */
    async change({ kid, signs_from, signs_until, published_until }: KeyTimes): Promise<void> {
      await db.query('update signing_keys set signs_from = $2, signs_until = $3, published_until = $4 where kid = $1', [
        kid,
        signs_from,
        signs_until,
        published_until,
      ])
    },

    /** Takes keys out, private halves and all. */
    async forget(kids: readonly string[]): Promise<void> {
      await db.query('delete from signing_keys where kid = any($1)', [kids])
    },
  }
}
