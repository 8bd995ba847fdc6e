// Grants, refresh tokens and used assertions in PostgreSQL. Each of them is used once by one statement, on whatever replica.

import { brokenConstraint, type Queryable } from '../db/pool.ts'
import { type SessionJson, sessionJson, sessionOf } from '../sessions/store.ts'
import type { FoundGrant, Grant, Redemption, RefreshToken } from './grant.ts'

const names = [
  ...['id', 'sid', 'client_id', 'redirect_uri', 'scope', 'nonce', 'code_challenge'],
  ...['code_hash', 'code_expires_at', 'redeemed_at', 'created_at', 'expires_at'],
] as readonly (keyof Grant)[]

const columns = names.map(name => `g.${name}`).join(', ')
// What a grant stands on, in the statement that finds it: its client and its session as they are at that moment.
const ground = `k.version as client_version, k.created_at as client_created_at,
  ${sessionJson('g.sid', { now: '$2', idleSince: '$3' })} as session`

type Row = Grant & { client_version: number; client_created_at: Date; session: SessionJson | null }

function foundOf({ client_version, client_created_at, session, ...grant }: Row): FoundGrant {
  const client = { version: client_version, created_at: client_created_at }
  return { grant, client, session: session ? sessionOf(session) : undefined }
}

// The code is used by the statement that finds it, but only where nothing can be said against that; times here are as exact as Date.
const redeemSql = `
  with found as (
    select ${columns}, ${ground} from oauth_grants g join clients k using (client_id) where g.code_hash = $1
  ), redeemed as (
    update oauth_grants g set redeemed_at = $2, expires_at = (f.session ->> 'expires_at')::timestamptz from found f
    where g.id = f.id and g.redeemed_at is null and g.code_expires_at > $2 and f.session is not null
      and f.client_id = $4 and f.client_version = $5 and date_trunc('milliseconds', f.client_created_at) = $6
      and f.redirect_uri = $7 and f.code_challenge is not distinct from $8
      and (cardinality($9::text[]) = 0 or f.session ->> 'connection_id' = any($9))
    returning g.id
  ), token as (
    insert into refresh_tokens (token_hash, grant_id, created_at)
    select $10, id, $2 from redeemed join found using (id) where 'offline_access' = any(found.scope)
  )
  select found.*, exists (select 1 from redeemed) as redeemed from found`

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

    /** The grant of a code as it was, and whether the code was redeemed now: only where all of `as` holds. */
    async ofCode(
      codeHash: Buffer,
      as: Redemption,
      now: Date,
      idleSince: Date,
    ): Promise<(FoundGrant & { redeemed: boolean }) | undefined> {
      const { client, redirectUri, challenge, refreshHash } = as
      const [found] = await db.query<Row & { redeemed: boolean }>(redeemSql, [
        ...[codeHash, now, idleSince, client.client_id, client.version, client.created_at, redirectUri, challenge],
        ...[client.connections, refreshHash],
      ])
      if (!found) return undefined
      const { redeemed, ...row } = found
      return { ...foundOf(row), redeemed }
    },

    /** The grant of a refresh token, used or not. */
    async ofRefreshToken(
      tokenHash: Buffer,
      now: Date,
      idleSince: Date,
    ): Promise<(FoundGrant & { token: RefreshToken }) | undefined> {
      const [row] = await db.query<Row & { used_at: Date | null }>(
        `select ${columns}, t.used_at, ${ground} from refresh_tokens t join oauth_grants g on g.id = t.grant_id
         join clients k using (client_id) where t.token_hash = $1`,
        [tokenHash, now, idleSince],
      )
      if (!row) return undefined
      const { used_at, ...rest } = row
      const found = foundOf(rest)
      return { ...found, token: { grant_id: found.grant.id, used_at } }
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
