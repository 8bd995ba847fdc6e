// A database of its own for each test: a copy of a migrated template, dropped when the test is over. All test files of a run
// share one server (postgres-server.ts), which ends by itself; TEST_DATABASE_URL names another, by an account that may
// create databases.

import { type ChildProcess, spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { openSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'
import type { Test } from 'tap'
import { migrate } from '../../src/db/migrate.ts'
import { type Db, openDatabase } from '../../src/db/pool.ts'
import { privateFolder } from '../../src/db/postgres-binaries.ts'

/** A database that lives as long as its test: its URL, and a pool on it. */
export interface TestDatabase {
  url: string
  db: Db
}

const migrations = fileURLToPath(new URL('../../migrations/', import.meta.url))
const serverFile = fileURLToPath(new URL('postgres-server.ts', import.meta.url))
const templateLock = 4_733_002
let admin: Promise<string> | undefined

/** A database with the schema at head and nothing in it. */
export async function testDatabase(t: Test): Promise<TestDatabase> {
  const url = await adminUrl()
  return create(t, url, await madeTemplate(url))
}

/** A database without a schema. */
export async function emptyDatabase(t: Test): Promise<TestDatabase> {
  return create(t, await adminUrl(), 'template1')
}

/** The template for the migrations as they are now: another text, another name. */
export async function templateName(): Promise<string> {
  const hash = createHash('sha256')
  for (const name of (await readdir(migrations)).sort())
    hash.update(name).update(await readFile(join(migrations, name)))
  return `assay_template_${hash.digest('hex').slice(0, 12)}`
}

/** Runs one piece of work as the account that may create databases, on a connection of its own. */
export async function asAdmin<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client(url)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

async function create(t: Test, url: string, template: string): Promise<TestDatabase> {
  const name = `t_${randomBytes(8).toString('hex')}`
  await asAdmin(url, client => client.query(`create database ${name} template ${template}`))
  const own = withDatabase(url, name)
  const db = openDatabase(own, { onIdleError: () => undefined })
  t.teardown(async () => {
    await db.close()
    await asAdmin(url, client => client.query(`drop database if exists ${name} with (force)`))
  })
  return { url: own, db }
}

// Migrated aside and renamed, so that a template is whole or absent; one test file makes it while the others wait.
async function madeTemplate(url: string): Promise<string> {
  const name = await templateName()
  await asAdmin(url, async client => {
    await client.query('select pg_advisory_lock($1)', [templateLock])
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name])
    if (rowCount) return
    await client.query(`drop database if exists ${name}_new with (force)`)
    await client.query(`create database ${name}_new`)
    const db = openDatabase(withDatabase(url, `${name}_new`), { onIdleError: () => undefined })
    await migrate(db, migrations).finally(() => db.close())
    await client.query(`alter database ${name}_new rename to ${name}`)
  })
  return name
}

function withDatabase(url: string, name: string): string {
  return Object.assign(new URL(url), { pathname: `/${name}` }).href
}

function adminUrl(): Promise<string> {
  const given = process.env['TEST_DATABASE_URL']
  admin ??= given ? Promise.resolve(given) : sharedServer()
  return admin
}

// Whoever comes first starts the server. Of two that start one, PostgreSQL's lock lets one live; the other asks again.
async function sharedServer(): Promise<string> {
  const checkout = createHash('sha256').update(serverFile).digest('hex').slice(0, 12)
  const folder = await privateFolder(`assay-test-${process.getuid?.()}-${checkout}`, undefined)
  let server: ChildProcess | undefined
  for (let tries = 0; tries < 1_000; tries += 1) {
    const url = await ask(join(folder, 'control'))
    if (url) return url
    if (tries % 50 === 0 && (!server || server.exitCode !== null)) server = start(folder)
    await sleep(20)
  }
  throw new Error(`No PostgreSQL for the tests: see ${folder}/server.log`)
}

function start(folder: string): ChildProcess {
  const log = openSync(join(folder, 'server.log'), 'a', 0o600)
  const env = { PATH: process.env['PATH'], TMPDIR: process.env['TMPDIR'] }
  const server = spawn(process.execPath, [serverFile, folder], { detached: true, stdio: ['ignore', log, log], env })
  server.unref()
  return server
}

// The connection stays open, and closes with this process however it ends: that is how the server counts its users. The
// test runner's process is named too, so that the server outlives a pause between two files.
async function ask(path: string): Promise<string | undefined> {
  const closed = new AbortController()
  const socket = connect(path)
  socket.on('close', () => closed.abort())
  socket.on('error', () => undefined)
  try {
    socket.write(`${process.env['TAP_CHILD_ID'] ? process.ppid : 0}\n`)
    const [url] = await once(socket, 'data', { signal: closed.signal })
    socket.unref()
    return String(url)
  } catch {
    return undefined
  }
}
