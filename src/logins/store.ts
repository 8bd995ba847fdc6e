// Logins under way, assertions that were taken, and attempts, in PostgreSQL.

import { brokenConstraint, type Queryable } from '../db/pool.ts'
import type { Grant } from '../oauth/grant.ts'
import type { Sealer } from '../seal.ts'
import { longestTokenTtl } from '../sessions/session.ts'
import { ending } from '../sessions/store.ts'
import type { Acceptance, Accepted } from './acceptance.ts'
import type { Attempt, AttemptLine, AttemptQuery, Evidence, Refusal } from './attempt.ts'
import type { Login, LoginLookup } from './login.ts'

const saveSql = `insert into logins (relay_state_hash, browser_hash, request_id, connection_id, connection_version, client_id, return_to,
    created_at, expires_at, oauth_request, session_hash)
  select $1, $2, $3, id, version, $5, $6, $7, $8, $9, $10 from connections where id = $4 and enabled
  returning connection_version`

// One statement, so one transaction without a round trip: either all of it happened or nothing. The login must still be there,
// the connection unchanged since it was judged, and locked, so that whoever switches it off finds the session to end; the assertion's primary key is what makes a replay impossible on all replicas.
// One browser, one session: the one that it had when the login began ends, whoever's it was.
const acceptSql = `
  with open_connection as (
    select id, tenant from connections where id = $1 and version = $2 and enabled for share
  ), login as (
    delete from logins where relay_state_hash = $3 and browser_hash = $4 and expires_at > $5
      and exists (select 1 from open_connection) returning session_hash
  ), assertion as (
    insert into consumed_assertions (connection_id, assertion_hash, expires_at)
    select id, $6, $7::timestamptz from open_connection where $3::bytea is null or exists (select 1 from login) returning 1
  ), person as (
    insert into people (sub, connection_id, subject_hash, first_seen_at, last_seen_at, last_groups)
    select $8, $1, $9, $5, $5, $22::jsonb from assertion
    on conflict (connection_id, subject_hash) do update set last_seen_at = excluded.last_seen_at,
      last_groups = case when $23 then people.last_groups else excluded.last_groups end returning sub
  ), session as (
    insert into sessions (secret_hash, sid, sub, connection_id, tenant, client_id, claims, name_id, session_index,
      session_indexes, auth_time, created_at, last_seen_at, expires_at)
    select $10, $11, sub, $1, $12, $13, $14, $15, ($16::text[])[1],
      $16, $17, $5, $5, $18 from person returning sub
  ), granted as (
    insert into oauth_grants select made.* from session, jsonb_populate_record(null::oauth_grants, $21::jsonb) made
    where $21::jsonb is not null
  ), attempt as (
    insert into login_attempts (trace_id, at, connection_id, outcome, checks, sub)
    select $19, $5, $1, 'accepted', $20, sub from session
  ), ${ending('using login, session where s.secret_hash = login.session_hash', { now: '$5', tokenTtl: '$24' })}
  select session.sub, over.sid as ended from session left join over on true`

// What was counted in the login's own row counts on all replicas. What a connection kept within the hour is what this statement sees:
// those that run beside it may keep one each beyond the number.
const mostAttempts = 20
const mostEvidence = 20
/** Records a refusal. A login that was there and gave no row has written enough. */
export const recordSql = `
  with connection as (
    select count(*) >= $12 as full_up from (
      select 1 from login_attempts where sealed_evidence is not null and connection_id = $3
        and at > $2::timestamptz - interval '1 hour' limit $12) kept
  ), login as (
    update logins set refusals = refusals + 1, evidence_at = coalesce(evidence_at,
      case when $8::bytea is not null and not (select full_up from connection) then refusals + 1 end)
    where relay_state_hash = $10 and refusals < $11 returning (refusals = evidence_at) is true as keeps
  ), decided as (
    select case when $9::text is not null then $9 when connection.full_up then 'hourly_limit'
      when $10::bytea is not null and login.keeps is null then 'login_over' when not login.keeps then 'login_had_one' end as missing
    from connection left join login on true
    where login.keeps is not null or not exists (select 1 from logins where relay_state_hash = $10)
  )
  insert into login_attempts (trace_id, at, connection_id, outcome, code, checks, sub, sealed_evidence, evidence_missing)
  select $1, $2, $3, $4, $5, $6, $7, case when missing is null then $8::bytea end, missing from decided`

const attemptColumns = `trace_id, at, connection_id, outcome, code, checks, sub,
  case when sealed_evidence is null then evidence_missing else 'kept' end as evidence`

/** The additional data under which a refused attempt's evidence is sealed. */
export const evidenceContext = (traceId: string): string => `login-evidence:${traceId}`

// A grant as jsonb_populate_record reads it: bytes in PostgreSQL's own hexadecimal form.
const rowOf = (grant: Grant) => ({ ...grant, code_hash: `\\x${grant.code_hash.toString('hex')}` })

/** The SQL of the hall. */
export function loginStore(db: Queryable, sealer: Sealer) {
  return {
    /** Keeps a login; answers the connection's version, or undefined where the connection is gone or switched off. */
    async save(login: Login): Promise<number | 'client_not_found' | undefined> {
      const saving = db.query<{ connection_version: number }>(saveSql, [
        ...[login.relay_state_hash, login.browser_hash, login.request_id, login.connection_id, login.client_id],
        ...[login.return_to, login.created_at, login.expires_at, login.oauth_request, login.session_hash],
      ])
      const gone = (error: unknown) => brokenConstraint(error) === 'logins_client_id_fkey'
      const saved = await saving.catch(error => (gone(error) ? 'client_not_found' : Promise.reject(error)))
      return typeof saved === 'string' ? saved : saved[0]?.connection_version
    },

    /** One read for a response: its connection's version and the login of its RelayState, of whatever connection. */
    async lookup(connectionId: string, relayStateHash: Buffer): Promise<LoginLookup | undefined> {
      type Row = { version: number } & { [Column in keyof Login]: Login[Column] | null }
      const [row] = await db.query<Row>(
        `select c.version, l.relay_state_hash, l.browser_hash, l.request_id, l.connection_id, l.client_id, l.return_to,
           l.created_at, l.expires_at, l.oauth_request, l.session_hash
         from connections c left join logins l on l.relay_state_hash = $2 where c.id = $1`,
        [connectionId, relayStateHash],
      )
      if (!row) return undefined
      const { version, ...login } = row
      return { connection_version: version, login: login.request_id === null ? undefined : (login as Login) }
    },

    /** The connection of the login that a RelayState names. */
    async connectionOf(relayStateHash: Buffer): Promise<string | undefined> {
      const [row] = await db.query<{ connection_id: string }>(
        'select connection_id from logins where relay_state_hash = $1',
        [relayStateHash],
      )
      return row?.connection_id
    },

    /** Consumes login and assertion, keeps person, session and attempt, all or nothing. */
    async accept({ login, session, attempt, ...one }: Acceptance): Promise<Accepted> {
      const values = [
        ...[session.connection_id, one.connectionVersion, login?.relay_state_hash ?? null, login?.browser_hash ?? null],
        ...[session.created_at, one.assertionHash, one.assertionExpires, session.sub, one.subjectHash, one.secretHash],
        ...[session.sid, session.tenant, session.client_id, session.claims, session.name_id, session.session_indexes],
        ...[session.auth_time, session.expires_at, attempt.trace_id, JSON.stringify(attempt.checks)],
        one.grant ? rowOf(one.grant) : null,
        ...[one.lastGroups ? JSON.stringify(one.lastGroups) : null, one.lastGroups === undefined],
        longestTokenTtl,
      ]
      try {
        const [row] = await db.query<{ sub: string; ended: string | null }>(acceptSql, values)
        return row ?? 'login_used'
      } catch (error) {
        if (brokenConstraint(error) === 'assertion_once') return 'assertion_replayed'
        throw error
      }
    },

    /** The groups of a person's last login, where they are kept. */
    async lastGroups(connectionId: string, subjectHash: Buffer): Promise<string[] | undefined> {
      const [row] = await db.query<{ last_groups: string[] | null }>(
        'select last_groups from people where connection_id = $1 and subject_hash = $2',
        [connectionId, subjectHash],
      )
      return row?.last_groups ?? undefined
    },

    /** Keeps an attempt that was refused, with its evidence sealed, within the bounds of its login and its connection. */
    async record({ attempt, evidence, loginHash }: Refusal): Promise<void> {
      const reason = typeof evidence === 'string' ? evidence : null
      const sealed =
        typeof evidence === 'string'
          ? null
          : sealer.seal(Buffer.from(JSON.stringify(evidence)), evidenceContext(attempt.trace_id))
      await db.query(recordSql, [
        ...[attempt.trace_id, attempt.at, attempt.connection_id, attempt.outcome, attempt.code],
        ...[JSON.stringify(attempt.checks), attempt.sub, sealed, reason, loginHash, mostAttempts, mostEvidence],
      ])
    },

    /** The evidence of a refused attempt, opened. */
    async evidence(traceId: string): Promise<Evidence | undefined> {
      const [row] = await db.query<{ sealed: Buffer | null }>(
        'select sealed_evidence as sealed from login_attempts where trace_id = $1',
        [traceId],
      )
      return row?.sealed ? JSON.parse(sealer.open(row.sealed, evidenceContext(traceId)).toString()) : undefined
    },

    /** Attempts without their checks, newest first. */
    lines({ connection, outcome, before, limit }: AttemptQuery): Promise<AttemptLine[]> {
      return db.query<AttemptLine>(
        `select a.trace_id, a.at, a.connection_id, c.name as connection_name, a.outcome, a.code, a.sub
         from login_attempts a left join connections c on c.id = a.connection_id
         where ($1::text is null or a.connection_id = $1) and ($2::text is null or a.outcome = $2)
           and ($3::text is null or (a.at, a.trace_id) < (select at, trace_id from login_attempts where trace_id = $3))
         order by a.at desc, a.trace_id desc limit $4`,
        [connection ?? null, outcome ?? null, before ?? null, limit],
      )
    },

    /** One attempt by its trace id. */
    async attempt(traceId: string): Promise<Attempt | undefined> {
      const [row] = await db.query<Attempt>(`select ${attemptColumns} from login_attempts where trace_id = $1`, [
        traceId,
      ])
      return row
    },

    /** Attempts, newest first; `before` is the trace id after which the page goes on. */
    attempts(connectionId: string | undefined, before: string | undefined, limit: number): Promise<Attempt[]> {
      return db.query<Attempt>(
        `select ${attemptColumns} from login_attempts
         where ($1::text is null or connection_id = $1)
           and ($2::text is null or (at, trace_id) < (select at, trace_id from login_attempts where trace_id = $2))
         order by at desc, trace_id desc limit $3`,
        [connectionId ?? null, before ?? null, limit],
      )
    },
  }
}
