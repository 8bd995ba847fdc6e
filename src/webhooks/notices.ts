// What nobody does and somebody wants to hear of: certificates that end, connections whose sign-ins fail. Found every minute, told once,
// by whichever replica notes it first.

import type { Queryable } from '../db/pool.ts'
import { emit } from './outbox.ts'

/** Days before its end at which a certificate is told of. */
export const certificateDays = [60, 30, 7]

/** So many refusals for one reason, with nobody let in between them, are a failing connection. */
export const failingAfter = 5

const wanted = (type: string) => `select 1 from webhooks where enabled and '${type}' = any(events) limit 1`

/** Looks for what there is to tell and tells it, in the transaction `tx`. */
export async function tellNotices(tx: Queryable, now: Date): Promise<void> {
  for (const { connection, tenant, ...data } of await newlyExpiring(tx, now)) {
    await emit(tx, { type: 'certificate.expiring', subject: connection, data: { connection, tenant, ...data } }, now)
  }
  await forgetRecovered(tx)
  for (const data of await newlyFailing(tx, now))
    await emit(tx, { type: 'connection.failing', subject: data.connection, data }, now)
}

interface Expiring {
  connection: string
  tenant: string
  sha256: string
  certificate_subject: string
  not_after: Date
  within_days: number
}

// Only the last certificate of a connection counts: while there is a later one, nothing ends with an earlier one.
function newlyExpiring(tx: Queryable, now: Date): Promise<Expiring[]> {
  return tx.query<Expiring>(
    `with ending as (
       select distinct on (c.id) c.id, c.tenant, i.sha256, i.subject, i.not_after
       from (${wanted('certificate.expiring')}) w, connections c join idp_certificates i on i.connection_id = c.id
       where c.enabled order by c.id, i.not_after desc
     ), told as (
       insert into webhook_notices (connection_id, type, about, told_at)
       select e.id, 'certificate.expiring', e.sha256 || ':' || d.days, $1 from ending e
         join unnest($2::int[]) d (days) on e.not_after <= $1::timestamptz + d.days * interval '1 day'
       on conflict do nothing returning connection_id, split_part(about, ':', 2)::int as days
     )
     select e.id as connection, e.tenant, e.sha256, e.subject as certificate_subject, e.not_after, min(t.days) as within_days
     from told t join ending e on e.id = t.connection_id group by 1, 2, 3, 4, 5`,
    [now, certificateDays],
  )
}

interface Failing {
  connection: string
  tenant: string
  code: string
  refusals: number
}

// Only attempts whose login was known count, so that nobody from outside can make a connection look broken, or sound.
function newlyFailing(tx: Queryable, now: Date): Promise<Failing[]> {
  return tx.query<Failing>(
    `with suspect as (
       select distinct a.connection_id as id from (${wanted('connection.failing')}) w, login_attempts a
       where a.outcome = 'refused' and a.sealed_evidence is not null and a.at > $1::timestamptz - interval '5 minutes'
     ), failing as (
       select c.id, c.tenant, run.code from suspect s join connections c on c.id = s.id cross join lateral (
         select count(*) as refusals, max(code) as code, count(distinct coalesce(code, '')) as ends from (
           select code from (
             select at, code, outcome, sealed_evidence from login_attempts where connection_id = s.id order by at desc limit 200
           ) lately where outcome = 'accepted' or sealed_evidence is not null order by at desc limit $2
         ) last) run
       where run.refusals = $2 and run.ends = 1 and run.code is not null
     ), told as (
       insert into webhook_notices (connection_id, type, about, told_at)
       select id, 'connection.failing', '', $1 from failing on conflict do nothing returning connection_id
     )
     select f.id as connection, f.tenant, f.code, $2::int as refusals from failing f join told t on t.connection_id = f.id`,
    [now, failingAfter],
  )
}

async function forgetRecovered(tx: Queryable): Promise<void> {
  await tx.query(
    `delete from webhook_notices n where n.type = 'connection.failing' and exists (
       select 1 from login_attempts a where a.connection_id = n.connection_id and a.outcome = 'accepted' and a.at > n.told_at)`,
  )
}
