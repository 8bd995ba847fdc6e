// The PostgreSQL of the load test: one server, a database for each who is measured, every statement counted.

import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { startEmbedded } from '../../src/db/embedded.ts'
import { cpuOfFamily } from './processes.ts'

/** A PostgreSQL under load. */
export type LoadDatabase = Awaited<ReturnType<typeof openLoadDatabase>>

/** Starts the server with pg_stat_statements; whatever it holds goes with it. */
export async function openLoadDatabase() {
  const folder = await mkdtemp(join(tmpdir(), 'assay-load-'))
  const first = await startEmbedded(folder)
  await ask(first.url, `alter system set shared_preload_libraries = 'pg_stat_statements'`)
  await first.stop()
  const server = await startEmbedded(folder)
  await ask(server.url, 'create extension pg_stat_statements')
  const pid = Number(readFileSync(join(folder, 'postgres/postmaster.pid'), 'utf8').split('\n')[0])
  const urlOf = (name: string) => server.url.replace('/assay?', `/${name}?`)
  return {
    /** Makes a database; answers its URL. */
    create: async (name: string): Promise<string> => {
      await ask(server.url, `create database ${name}`)
      return urlOf(name)
    },
    /** Statements that were executed in a database so far. */
    statements: async (name: string): Promise<number> => {
      const sql = `select coalesce(sum(calls), 0)::int as calls from pg_stat_statements s join pg_database d on d.oid = s.dbid
        where datname = $1`
      const [row] = await ask<{ calls: number }>(server.url, sql, [name])
      return row?.calls ?? 0
    },
    /** Milliseconds of CPU that the server and its processes have used. */
    cpu: () => cpuOfFamily(pid),
    /** Runs SQL in a database. */
    run: (name: string, sql: string) => ask(urlOf(name), sql),
    close: async () => {
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function ask<Row extends object>(url: string, sql: string, values: unknown[] = []): Promise<Row[]> {
  const client = new Client(url)
  await client.connect()
  try {
    return (await client.query<Row>(sql, values)).rows
  } finally {
    await client.end()
  }
}

/** Copies of the one connection that is there, with its certificate, until there are so many. */
export const manyConnections = (count: number): string => `
  create temp table model as select * from connections limit 1;
  insert into connections select copy.* from model, generate_series(2, ${count}) n,
    jsonb_populate_record(model, jsonb_build_object('id', 'copy' || lpad(n::text, 12, '0'), 'tenant', 'tenant' || n)) copy;
  insert into idp_certificates select copy.* from idp_certificates one, connections,
    jsonb_populate_record(one, jsonb_build_object('connection_id', connections.id)) copy
    where one.connection_id = (select id from model) and connections.id like 'copy%';
  drop table model;
  analyze`

/** So many people with a session, a consumed assertion and an attempt each, of now. */
export const pastLogins = (count: number): string => `
  create temp table past as select n, sha256(('past' || n)::bytea) as hash, c.id, c.tenant
    from generate_series(1, ${count}) n, (select id, tenant from connections order by id desc limit 1) c;
  insert into people (sub, connection_id, subject_hash, first_seen_at, last_seen_at)
    select 'past' || n, id, hash, now(), now() from past;
  insert into sessions (secret_hash, sid, sub, connection_id, tenant, client_id, claims, auth_time, created_at, last_seen_at, expires_at)
    select hash, 'past' || n, 'past' || n, id, tenant, 'default', '{"email":"somebody@acme.example","groups":["staff","admins"]}',
      now(), now(), now(), now() + interval '8 hours' from past;
  insert into consumed_assertions select id, hash, now() + interval '1 hour' from past;
  insert into login_attempts (trace_id, at, connection_id, outcome, checks, sub)
    select 'past' || n, now(), id, 'accepted', '[]', 'past' || n from past;
  drop table past;
  analyze`
