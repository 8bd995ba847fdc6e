// Grants, refresh tokens and used assertions in PostgreSQL. Each of them is used once by one statement, on whatever replica.

import { brokenConstraint, type Queryable } from '../db/pool.ts'
import type { Grant, RefreshToken } from './grant.ts'

const names = [
  ...['id', 'sid', 'client_id', 'redirect_uri', 'scope', 'nonce', 'code_challenge'],
  ...['code_hash', 'code_expires_at', 'redeemed_at', 'created_at', 'expires_at'],
] as readonly (keyof Grant)[]

const columns = names.map(name => `g.${name}`).join(', ')

/** The SQL of the code flow. */
export function oauthStore(db: Queryable) {
  return {
    /** Keeps a grant; false where its session or client is gone. */
    async save(grant: Grant): Promise<boolean> {
      const places = names.map((_, at) => `$${at + 1}`).join(', ')
      try {
        await db.query(
          `insert into oauth_grants (${names.join(', ')}) values (${places})`,
          names.map(name => grant[name]),
        )
        return true
      } catch (error) {
        if (brokenConstraint(error)?.endsWith('_fkey')) return false
        throw error
      }
    },

    /** The grant of a code, redeemed or not. */
    async ofCode(codeHash: Buffer): Promise<Grant | undefined> {
      const [grant] = await db.query<Grant>(`select ${columns} from oauth_grants g where g.code_hash = $1`, [codeHash])
      return grant
    },

    /** The grant of a refresh token, used or not. */
    async ofRefreshToken(tokenHash: Buffer): Promise<{ grant: Grant; token: RefreshToken } | undefined> {
      const [row] = await db.query<Grant & { used_at: Date | null }>(
        `select ${columns}, t.used_at from refresh_tokens t join oauth_grants g on g.id = t.grant_id where t.token_hash = $1`,
        [tokenHash],
      )
      if (!row) return undefined
      const { used_at, ...grant } = row
      return { grant, token: { grant_id: grant.id, used_at } }
    },

    /** Whether a grant still stands. */
    async exists(grantId: string): Promise<boolean> {
      return (await db.query('select 1 from oauth_grants where id = $1', [grantId])).length > 0
    },

    /** Redeems a code, with the first refresh token where there is one; false where somebody was faster. */
    async redeem({ id }: Grant, refreshHash: Buffer | null, now: Date, expiresAt: Date): Promise<boolean> {
      const redeemed = await db.query(
        `with redeemed as (
           update oauth_grants set redeemed_at = $2, expires_at = $3
           where id = $1 and redeemed_at is null and code_expires_at > $2 returning id
         ), token as (
           insert into refresh_tokens (token_hash, grant_id, created_at)
           select $4, id, $2 from redeemed where $4::bytea is not null
         )
         select id from redeemed`,
        [id, now, expiresAt, refreshHash],
      )
      return redeemed.length > 0
    },

    /** Puts one refresh token in the place of another; false where somebody was faster. The grant is locked first, as by its deletion. */
    async rotate({ id }: Grant, tokenHash: Buffer, nextHash: Buffer, now: Date): Promise<boolean> {
      const rotated = await db.query(
        `with held as (
           select id from oauth_grants where id = $1 for key share
         ), used as (
           update refresh_tokens t set used_at = $4 from held
           where t.token_hash = $2 and t.grant_id = held.id and t.used_at is null returning t.grant_id
         )
         insert into refresh_tokens (token_hash, grant_id, created_at) select $3, grant_id, $4 from used returning 1`,
        [id, tokenHash, nextHash, now],
      )
      return rotated.length > 0
    },

    /** Ends a grant and everything that came of it; false where there was none. */
    async remove(grantId: string): Promise<boolean> {
      return (await db.query('delete from oauth_grants where id = $1 returning 1', [grantId])).length > 0
    },

    /** Keeps the id of a client's assertion; false where it was there already. */
    async consume(clientId: string, jtiHash: Buffer, expiresAt: Date): Promise<boolean> {
      const kept = await db.query(
        `insert into client_assertions (client_id, jti_hash, expires_at) values ($1, $2, $3)
         on conflict (client_id, jti_hash) do nothing returning 1`,
        [clientId, jtiHash, expiresAt],
      )
      return kept.length > 0
    },
  }
}
