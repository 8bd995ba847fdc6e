// Brings the schema to head: plain SQL files, forward only, every pending one in a single transaction, so that a failure
// leaves nothing behind. The lock ends with the transaction (a session lock dead-locks behind PgBouncer).

import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DatabaseError } from 'pg'
import type { Db, Queryable } from './pool.ts'

interface Migration {
  name: string
  sha256: string
  sql: string
}

type Applied = Pick<Migration, 'name' | 'sha256'>

const lockKey = 4_733_001
const patienceMs = 600_000

/**
 * Applies the pending `NNNN-name.sql` files of `folder` and returns their names. Of several replicas one applies, the others
 * wait. Throws an Error with a `code`: `migration_name`, `migration_gap`, `migration_edited`, `migration_unknown` (the
 * schema is newer than this code) or, of a failing file, the SQLSTATE; nothing is applied then.
 */
export async function migrate(db: Db, folder: string | URL): Promise<string[]> {
  const files = await readMigrations(folder)
  return db.transaction(
    async tx => {
      await tx.query('select pg_advisory_xact_lock($1)', [lockKey])
      const applied = await readApplied(tx)
      compare(files, applied)
      const pending = files.slice(applied.length)
      for (const file of pending) await apply(tx, file)
      return pending.map(file => file.name)
    },
    { timeoutMs: patienceMs },
  )
}

/** The names of `folder` that the schema lacks: empty at head. A schema that is newer than the folder is at head too. */
export async function pendingMigrations(db: Queryable, folder: string | URL): Promise<string[]> {
  const names = await listMigrations(folder)
  if (!(await hasTable(db))) return names
  const rows = await db.query<Applied>('select name from migrations')
  const applied = new Set(rows.map(row => row.name))
  return names.filter(name => !applied.has(name))
}

async function listMigrations(folder: string | URL): Promise<string[]> {
  const names = (await readdir(folder)).filter(name => name.endsWith('.sql')).sort()
  for (const [i, name] of names.entries()) {
    if (!/^\d{4}-[a-z0-9-]+\.sql$/.test(name)) throw refusal('migration_name', `${name} is not named NNNN-name.sql`)
    const number = String(i + 1).padStart(4, '0')
    if (!name.startsWith(number)) throw refusal('migration_gap', `${name} stands where ${number} is due`)
  }
  return names
}

async function readMigrations(folder: string | URL): Promise<Migration[]> {
  const path = folder instanceof URL ? fileURLToPath(folder) : folder
  const names = await listMigrations(path)
  return Promise.all(
    names.map(async name => {
      const sql = await readFile(join(path, name), 'utf8')
      return { name, sql, sha256: createHash('sha256').update(sql).digest('hex') }
    }),
  )
}

async function hasTable(db: Queryable): Promise<boolean> {
  const [row] = await db.query<{ present: boolean }>(`select to_regclass('migrations') is not null as present`)
  return row?.present === true
}

// Asked before it is created: at head, a role that may not create tables can start too.
async function readApplied(tx: Queryable): Promise<Applied[]> {
  if (await hasTable(tx)) {
    const rows = await tx.query<Applied>('select name, sha256 from migrations')
    return rows.sort((a, b) => (a.name < b.name ? -1 : 1))
  }
  await tx.query(`create table migrations (
    name text primary key,
    sha256 text not null,
    applied_at timestamptz not null default now()
  )`)
  return []
}

function compare(files: readonly Migration[], applied: readonly Applied[]): void {
  for (const [i, { name, sha256 }] of applied.entries()) {
    const file = files.find(candidate => candidate.name === name)
    if (!file)
      throw refusal('migration_unknown', `${name} was applied but is not here: the schema is newer than this code`)
    if (file !== files[i]) throw refusal('migration_gap', `${files[i]?.name} was never applied, the later ${name} was`)
    if (file.sha256 !== sha256)
      throw refusal('migration_edited', `${name} was edited after it was applied: add a new file`)
  }
}

async function apply(tx: Queryable, { name, sha256, sql }: Migration): Promise<void> {
  try {
    await tx.query(sql)
  } catch (cause) {
    if (!(cause instanceof DatabaseError)) throw cause
    throw refusal(cause.code ?? 'migration_failed', `${name} failed: ${cause.message}`, cause)
  }
  await tx.query('insert into migrations (name, sha256) values ($1, $2)', [name, sha256])
}

function refusal(code: string, message: string, cause?: unknown): Error {
  return Object.assign(new Error(`Migrations: ${message}`, { cause }), { code })
}
