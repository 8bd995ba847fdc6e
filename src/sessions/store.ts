// Sessions in PostgreSQL. A session counts only while its connection is switched on.

import type { ClientState } from '../clients/client.ts'
import type { Queryable } from '../db/pool.ts'
import { longestTokenTtl, type Session, type SessionFilter } from './session.ts'

// A session that a replica of before opened has one index or none.
const columns = `s.sid, s.sub, s.connection_id, s.tenant, s.client_id, s.claims, s.name_id,
  coalesce(s.session_indexes, array_remove(array[s.session_index], null)) as session_indexes,
  s.auth_time, s.created_at, s.last_seen_at, s.expires_at`
const counting = `select ${columns} from sessions s join connections c on c.id = s.connection_id and c.enabled
  where s.expires_at > $1 and s.last_seen_at > $2`

/** SQL for the session of a sid that counts, as JSON or null; `now` and `idleSince` are its parameters, `sessionOf` reads it. */
export const sessionJson = (sid: string, { now, idleSince }: { now: string; idleSince: string }): string =>
  `(select to_json(one) from (select ${columns} from sessions s join connections c on c.id = s.connection_id and c.enabled
    where s.sid = ${sid} and s.expires_at > ${now} and s.last_seen_at > ${idleSince}) one)`

/** A session as JSON has it: times are text there. */
export type SessionJson = { [Name in keyof Session]: Session[Name] extends Date ? string : Session[Name] }

/** A session out of JSON. */
export function sessionOf(json: SessionJson): Session {
  const { auth_time, created_at, last_seen_at, expires_at, ...rest } = json
  return {
    ...rest,
    auth_time: new Date(auth_time),
    created_at: new Date(created_at),
    last_seen_at: new Date(last_seen_at),
    expires_at: new Date(expires_at),
  }
}

// As webhooks/outbox.ts writes it; the id follows from the sids, which end only once.
const posted = (now: string): string => `messages as (
    select encode(sha256(convert_to(string_agg(sid, ' ' order by sid), 'UTF8')), 'hex') as id,
      json_agg(json_build_object('sid', sid, 'sub', sub, 'tenant', tenant, 'connection', connection_id, 'client', client_id)
        order by sid) as sessions
    from (select *, (row_number() over (order by sid) - 1) / 200 as message from over) numbered group by message),
  posted as (insert into webhook_messages (webhook_id, id, type, body, created_at, next_at)
    select w.id, 'msg_' || m.id, 'session.ended', json_build_object('type', 'session.ended', 'timestamp',
        to_char(${now}::timestamptz at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'subject', null,
        'data', json_build_object('sessions', m.sessions))::text, ${now}, ${now}
    from messages m, webhooks w where w.enabled and 'session.ended' = any(w.events))`

/**
 * The parts of a statement that end the sessions `s` that `which` says, together with what the revocation feed and webhooks say: `over` has those that
 * were not over yet. `now` and `tokenTtl` (seconds) are its parameters.
 */
export const ending = (which: string, { now, tokenTtl }: { now: string; tokenTtl: string }): string =>
  `gone as (delete from sessions s ${which} returning s.*),
   over as (select * from gone where expires_at > ${now}::timestamptz),
   told as (insert into ended_sessions (sid, ended_at, tokens_until)
     select sid, ${now}, least(expires_at, ${now}::timestamptz + ${tokenTtl} * interval '1 second') from over
     on conflict (sid) do nothing),
   ${posted(now)}`

/** The SQL of the guest book. */
export function sessionStore(db: Queryable) {
  return {
    /** The session of a cookie that is neither over nor idle since before `idleSince`. */
    async find(secretHash: Buffer, now: Date, idleSince: Date): Promise<Session | undefined> {
      const [session] = await db.query<Session>(`${counting} and s.secret_hash = $3`, [now, idleSince, secretHash])
      return session
    },

    /** A session by its public id, under the same limits. */
    async findBySid(sid: string, now: Date, idleSince: Date): Promise<Session | undefined> {
      const [session] = await db.query<Session>(`${counting} and s.sid = $3`, [now, idleSince, sid])
      return session
    },

    /** The session of a cookie, whether it counts or not: whoever leaves may have been idle. */
    async ofCookie(secretHash: Buffer): Promise<Session | undefined> {
      const [session] = await db.query<Session>(`select ${columns} from sessions s where s.secret_hash = $1`, [
        secretHash,
      ])
      return session
    },

    /** The sessions of a connection whose NameID has this value, whatever its format and qualifiers. */
    named(connectionId: string, value: string): Promise<Session[]> {
      return db.query<Session>(
        `select ${columns} from sessions s
         where s.connection_id = $1 and left(s.name_id ->> 'value', 200) = left($2, 200) and s.name_id ->> 'value' = $2`,
        [connectionId, value],
      )
    },

    /** Sessions that count and fit, in the order of their sid, from after `after`. */
    list(which: SessionFilter, now: Date, idleSince: Date, after: string | undefined, limit: number) {
      const values: unknown[] = [now, idleSince, after ?? null, limit]
      return db.query<Session>(
        `${counting} and ${conditions(which, values)} and ($3::text is null or s.sid > $3) order by s.sid limit $4`,
        values,
      )
    },

    /**
     * Ends every session that fits, in one statement with what the revocation feed says and what webhooks are told, 200 a message;
     * answers the sids of those not over yet.
     */
    async end(which: SessionFilter, now: Date): Promise<string[]> {
      const values: unknown[] = [now, longestTokenTtl]
      const fit = conditions(which, values)
      if (values.length === 2) throw new RangeError('Which sessions to end must be said')
      const gone = await db.query<{ sid: string }>(
        `with ${ending(`where ${fit}`, { now: '$1', tokenTtl: '$2' })} select sid from over`,
        values,
      )
      return gone.map(one => one.sid)
    },

    /** The sids of ended sessions of which a token may still live, in order. */
    async revoked(now: Date): Promise<string[]> {
      const rows = await db.query<{ sid: string }>(
        'select sid from ended_sessions where tokens_until > $1 order by sid',
        [now],
      )
      return rows.map(row => row.sid)
    },

    /**
     * What changed elsewhere, in one statement: the sids of sessions ended after `since`, and the state of each of `clientIds`
     * that is still there.
     */
    async news(since: Date, clientIds: readonly string[]): Promise<News> {
      const rows = await db.query<{ sid: string } | ({ sid: null; client_id: string } & ClientState)>(
        `select sid, null as client_id, null::integer as version, null::timestamptz as created_at
         from ended_sessions where ended_at > $1
         union all select null, client_id, version, created_at from clients where client_id = any($2)`,
        [since, clientIds],
      )
      const ended: string[] = []
      const clients = new Map<string, ClientState>()
      for (const row of rows) {
        if (row.sid === null) clients.set(row.client_id, row)
        else ended.push(row.sid)
      }
      return { ended, clients }
    },

    /** Notes when sessions were last used; answers the sids that were written. Rows that somebody else has locked are left out. */
    async touch(uses: ReadonlyMap<string, Date>): Promise<string[]> {
      const written = await db.query<{ sid: string }>(
        `update sessions s set last_seen_at = greatest(s.last_seen_at, u.used)
         from unnest($1::text[], $2::timestamptz[]) u (sid, used)
         where s.sid = u.sid and s.sid in (select sid from sessions where sid = any($1) for update skip locked)
         returning s.sid`,
        [[...uses.keys()], [...uses.values()]],
      )
      return written.map(one => one.sid)
    },
  }
}

/** What a poll brings: sids that ended, and the states of the clients that were asked for and are there. */
export interface News {
  ended: string[]
  clients: Map<string, ClientState>
}

/** The SQL of the guest book, over one database or transaction. */
export type SessionStore = ReturnType<typeof sessionStore>

const filters = ['sid', 'sub', 'tenant', 'connection_id', 'client_id', 'secret_hash'] as const

// SQL for a filter; its values are added to `values`. Without any member it is true.
function conditions(which: SessionFilter, values: unknown[]): string {
  const given = filters.filter(name => which[name] !== undefined)
  const all = given.map(name => `s.${name} = $${values.push(which[name])}`)
  return all.length > 0 ? all.join(' and ') : 'true'
}
