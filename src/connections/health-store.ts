// How all connections fare, in PostgreSQL: one statement a page, whatever the number of connections.

import type { Queryable } from '../db/pool.ts'
import { attentionDays, type Health, type HealthPage, type HealthState, healthStates } from './health.ts'

// Counted from an index alone (login_attempts_health); when somebody last got in is looked up for the rows of the page only.
const statement = `
  with recent as (
    select connection_id, count(*) filter (where outcome = 'accepted')::int as accepted,
      count(*) filter (where outcome = 'refused')::int as refused
    from login_attempts where at > $1::timestamptz - interval '24 hours' group by connection_id
  ), trusted as (
    select connection_id, max(not_after) as until from idp_certificates group by connection_id
  ), strangers as (
    select connection_id, count(*)::int as signers from unknown_signers
    where last_seen_at > $1::timestamptz - interval '24 hours' group by connection_id
  ), fare as (
    select c.id, c.tenant, c.name, c.provider, c.enabled, coalesce(r.accepted, 0) as accepted, coalesce(r.refused, 0) as refused,
      t.until as trusted_until, coalesce(s.signers, 0) as unknown_signers, coalesce(m.failures, 0) > 0 as metadata_failed
    from connections c left join recent r on r.connection_id = c.id left join trusted t on t.connection_id = c.id
      left join strangers s on s.connection_id = c.id left join connection_metadata m on m.connection_id = c.id
    where $2::text is null or c.id = $2 or c.name ilike $3 or c.tenant ilike $3 or c.issuer ilike $3
      or exists (select 1 from unnest(c.domains) d where d ilike $3)
  ), judged as (
    select *, case when not enabled then 'off'
      when refused > 0 and accepted = 0 then 'locked'
      when unknown_signers > 0 or metadata_failed or refused * 10 > refused + accepted
        or trusted_until < $1::timestamptz + interval '${attentionDays} days' then 'soon'
      else 'well' end as state
    from fare
  ), page as (
    select *, array_position(array['${healthStates.join("', '")}'], state) as rank from judged where $4::text is null or state = $4
    order by rank, refused desc, tenant, name, id limit $5 offset $6
  ), counts as (
    select json_object_agg(state, n) as counts from (select state, count(*)::int as n from judged group by state) x
  )
  select p.*, counts.counts, (select a.at from login_attempts a where a.connection_id = p.id and a.outcome = 'accepted'
    order by a.at desc limit 1) as last_sign_in_at
  from counts left join page p on true order by p.rank, p.refused desc, p.tenant, p.name, p.id`

type Row = { [Member in keyof Health]: Health[Member] | null } & { counts: Partial<Record<HealthState, number>> | null }

/** What the overview asks. `text` is looked for in id, name, tenant, issuer and domains. */
export interface HealthQuery {
  text: string | undefined
  state: HealthState | undefined
  offset: number
  limit: number
}

/** The SQL of health. */
export function healthStore(db: Queryable) {
  return {
    /** One page, the worst first, and how many of all that fit stand how. */
    async page({ text, state, offset, limit }: HealthQuery, now: Date): Promise<HealthPage> {
      const like = text === undefined ? null : `%${text.replace(/[\\%_]/g, '\\$&')}%`
      const rows = await db.query<Row>(statement, [now, text ?? null, like, state ?? null, limit, offset])
      const counts = { locked: 0, soon: 0, well: 0, off: 0, ...rows[0]?.counts }
      const items = rows.filter(row => row.id !== null).map(({ counts: _, ...row }) => row as Health)
      return { items, counts }
    },

    /** How one connection fares. */
    async of(id: string, now: Date): Promise<Health | undefined> {
      const rows = await db.query<Row>(statement, [now, id, null, null, 1, 0])
      return rows.map(({ counts: _, ...row }) => row as Health).find(row => row.id === id)
    },
  }
}
