// Rows whose time is over go in small batches, by whichever replica holds the lease; nothing waits for a row that somebody uses.

import { setTimeout as sleep } from 'node:timers/promises'
import type { Db } from './db/pool.ts'

const batch = 1000
/** Seconds that attempts are kept, unless ATTEMPTS_TTL says otherwise. */
const attemptsTtl = 30 * 86_400
const strangerDays = 30
const retiredDays = 90
// An identity provider that was never told encrypts for an old certificate of ours until somebody notices.
const spKeyDays = 730

/**
 * Every kind of row that ends: table, key, the column that says when a row is over, and how long after that it is kept. The column stands
 * alone in the comparison, so that its index serves. Attempts are kept for `ttl` seconds.
 */
export const mortal = (ttl = attemptsTtl): readonly (readonly string[])[] => [
  ['logins', 'relay_state_hash', 'expires_at'],
  ['logouts', 'request_id', 'expires_at'],
  ['setup_tests', 'relay_state_hash', 'expires_at'],
  ['setup_sessions', 'id', 'expires_at'],
  ['setup_links', 'id', 'expires_at'],
  ['consumed_logout_requests', 'connection_id, request_hash', 'expires_at'],
  ['consumed_assertions', 'connection_id, assertion_hash', 'expires_at'],
  ['client_assertions', 'client_id, jti_hash', 'expires_at'],
  ['oauth_grants', 'id', 'expires_at'],
  ['sessions', 'secret_hash', 'expires_at'],
  ['admin_sessions', 'secret_hash', 'expires_at'],
  ['ended_sessions', 'sid', 'tokens_until'],
  ['webhook_messages', 'webhook_id, id', 'forget_at'],
  ['login_attempts', 'trace_id', 'at', `${ttl} seconds`],
  ['retired_certificates', 'connection_id, sha256', 'retired_at', `${retiredDays} days`],
  ['unknown_signers', 'connection_id, sha256', 'last_seen_at', `${strangerDays} days`],
  ['signing_keys', 'kid', 'published_until'],
  ['sp_keys', 'id', 'retired_at', `${spKeyDays} days`],
]

// Held by one replica for one batch: it ends with the statement, so that a PgBouncer in transaction mode may stand between.
const lease = 4_715_062_207
// Between two batches, for whoever signs in meanwhile.
const pauseMs = 20

/**
 * Deletes what is over, batch by batch, until nothing is left, another replica does it, or `signal` says to stop; answers how
 * many rows went.
 */
export async function purge(
  db: Pick<Db, 'query'>,
  now: Date,
  { signal, ttl }: { signal?: AbortSignal; ttl?: number } = {},
): Promise<number> {
  let gone = 0
  for (const kind of mortal(ttl)) {
    for (;;) {
      const [row] = await db.query<{ held: boolean; gone: number }>(purgeSql(kind), [now])
      if (!row?.held) return gone
      gone += row.gone
      if (row.gone < batch) break
      if (signal?.aborted) return gone
      await sleep(pauseMs)
    }
  }
  return gone
}

/** Deletes one batch of a kind; its parameter is the time. Answers how many rows went, and whether the lease was ours. */
export function purgeSql([table, key, over, kept = '0 days']: readonly string[]): string {
  return `with lease as (select pg_try_advisory_xact_lock(${lease}) as held), gone as (
      delete from ${table} where (${key}) in (select ${key} from ${table}
        where (select held from lease) and ${over} < $1::timestamptz - interval '${kept}' limit ${batch} for update skip locked)
      returning 1
    ) select held, (select count(*)::int from gone) as gone from lease`
}
