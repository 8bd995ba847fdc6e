// Connections in PostgreSQL: one row a connection, its certificates beside it.

import type { Queryable } from '../db/pool.ts'
import type { TrustedCertificate } from './certificate.ts'
import type { Connection, ConnectionSettings } from './connection.ts'
import type { ConnectionDraft } from './draft.ts'

const settingColumns = [
  ...['tenant', 'name', 'provider', 'issuer', 'sign_on_url', 'metadata_url', 'domains', 'enabled'],
  ...['logout_url', 'logout_response_url', 'logout_binding'],
  ...[
    'default_return_to',
    'request_binding',
    'sign_requests',
    'nameid_format',
    'force_authn',
    'requested_authn_context',
  ],
  ...[
    'require_signed',
    'require_encrypted',
    'allow_idp_initiated',
    'clock_skew',
    'allow_sha1_until',
    'allow_cbc_unsigned',
  ],
  ...[
    'sp_entity_id',
    'acs_aliases',
    'subject',
    'attributes',
    'roles',
    'on_group_overage',
    'sso_required',
    'sso_exempt',
    'tests',
  ],
] as readonly (keyof ConnectionSettings)[]

const columns = settingColumns.map(name => (name === 'allow_sha1_until' ? `c.${name}::text` : `c.${name}`)).join(', ')

const select = `
  select c.id, c.version, ${columns}, c.created_at, c.updated_at,
    (select coalesce(json_agg(json_build_object('sha256', i.sha256, 'pem', i.pem, 'subject', i.subject,
        'not_before', i.not_before, 'not_after', i.not_after, 'source', i.source) order by i.position), '[]')
      from idp_certificates i where i.connection_id = c.id) as certificates
  from connections c`

type Row = Omit<Connection, 'certificates'> & {
  certificates: (Omit<TrustedCertificate, 'not_before' | 'not_after'> & { not_before: string; not_after: string })[]
}

function fromRow(row: Row): Connection {
  const certificates = row.certificates.map(one => ({
    ...one,
    not_before: new Date(one.not_before),
    not_after: new Date(one.not_after),
  }))
  return { ...row, certificates }
}

/** Whether to look at all connections or only at some; every condition that is given must hold. */
export interface ConnectionFilter {
  tenant?: string | undefined
  domain?: string | undefined
  enabled?: boolean | undefined
  after?: string | undefined
  limit: number
}

/** The SQL of the address book. */
export function connectionStore(db: Queryable) {
  return {
    /** One connection by its id. */
    async find(id: string): Promise<Connection | undefined> {
      const [row] = await db.query<Row>(`${select} where c.id = $1`, [id])
      return row && fromRow(row)
    },

    /** Whether somebody got in through it at this time or later. */
    async signedIn(id: string, since: Date): Promise<boolean> {
      const [row] = await db.query<{ found: boolean }>(
        `select exists (select 1 from login_attempts where connection_id = $1 and outcome = 'accepted' and at >= $2) as found`,
        [id, since],
      )
      return row?.found === true
    },

    /** Connections in the order of their ids, from after `after`. */
    async list({ tenant, domain, enabled, after, limit }: ConnectionFilter): Promise<Connection[]> {
      const rows = await db.query<Row>(
        `${select} where ($1::text is null or c.tenant = $1) and ($2::text is null or c.domains @> array[$2])
          and ($3::boolean is null or c.enabled = $3) and ($4::text is null or c.id > $4) order by c.id limit $5`,
        [tenant ?? null, domain ?? null, enabled ?? null, after ?? null, limit],
      )
      return rows.map(fromRow)
    },

    /** Keeps a new connection, in a transaction of the caller. */
    async insert(id: string, { settings, certificates }: ConnectionDraft, now: Date): Promise<void> {
      const places = settingColumns.map((_, at) => `$${at + 3}`).join(', ')
      await db.query(
        `insert into connections (id, created_at, updated_at, ${settingColumns.join(', ')}) values ($1, $2, $2, ${places})`,
        [id, now, ...values(settings)],
      )
      await insertCertificates(db, id, certificates)
    },

    /** Replaces a connection that is still at `version`; false when it is not. In a transaction of the caller. */
    async update(
      id: string,
      version: number,
      { settings, certificates }: ConnectionDraft,
      now: Date,
    ): Promise<boolean> {
      const places = settingColumns.map((name, at) => `${name} = $${at + 4}`).join(', ')
      const changed = await db.query(
        `update connections set version = version + 1, updated_at = $3, ${places} where id = $1 and version = $2 returning id`,
        [id, version, now, ...values(settings)],
      )
      if (changed.length === 0) return false
      await retireOthers(db, id, certificates, now)
      await insertCertificates(db, id, certificates)
      return true
    },

    /** Locks a connection that is still at `version`, in a transaction of the caller; false when it is not there so. */
    async hold(id: string, version: number): Promise<boolean> {
      const held = await db.query('select 1 from connections where id = $1 and version = $2 for update', [id, version])
      return held.length > 0
    },

    /** Removes a connection with everything that hangs on it. */
    async remove(id: string): Promise<void> {
      await db.query('delete from connections where id = $1', [id])
    },
  }
}

/** The SQL of the address book, over one database or transaction. */
export type ConnectionStore = ReturnType<typeof connectionStore>

function values(settings: ConnectionSettings): unknown[] {
  const json = ['attributes', 'roles', 'tests']
  return settingColumns.map(name => (json.includes(name) ? JSON.stringify(settings[name]) : settings[name]))
}

// Whoever is not trusted any more is remembered; whoever is trusted now is neither retired nor unknown.
async function retireOthers(
  db: Queryable,
  id: string,
  trusted: readonly TrustedCertificate[],
  now: Date,
): Promise<void> {
  const kept = trusted.map(one => one.sha256)
  await db.query(
    `with gone as (delete from idp_certificates where connection_id = $1 and sha256 <> all($2::text[]) returning *)
     insert into retired_certificates (connection_id, sha256, subject, not_before, not_after, source, retired_at)
     select connection_id, sha256, subject, not_before, not_after, source, $3 from gone
     on conflict (connection_id, sha256) do update set retired_at = excluded.retired_at, source = excluded.source`,
    [id, kept, now],
  )
  for (const table of ['idp_certificates', 'retired_certificates', 'unknown_signers'])
    await db.query(`delete from ${table} where connection_id = $1 and sha256 = any($2::text[])`, [id, kept])
}

async function insertCertificates(
  db: Queryable,
  id: string,
  certificates: readonly TrustedCertificate[],
): Promise<void> {
  const column = <T>(take: (one: TrustedCertificate) => T) => certificates.map(take)
  await db.query(
    `insert into idp_certificates (connection_id, sha256, pem, subject, not_before, not_after, source, position)
     select $1, t.sha256, t.pem, t.subject, t.not_before, t.not_after, t.source, t.position - 1
     from unnest($2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::timestamptz[], $7::text[])
       with ordinality as t (sha256, pem, subject, not_before, not_after, source, position)`,
    [
      ...[id, column(c => c.sha256), column(c => c.pem), column(c => c.subject)],
      ...[column(c => c.not_before), column(c => c.not_after), column(c => c.source)],
    ],
  )
}
