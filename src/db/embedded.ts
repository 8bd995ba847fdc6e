// A real PostgreSQL for the first start and for tests: one server process below ours, on a Unix socket that only we and
// its account can reach. It owns `<DATA_DIR>/postgres`. A server that outlived a killed process is retired; one whose
// process lives is never touched.

import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chown, mkdir, mkdtemp, open, readFile, realpath, rename, rm, rmdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client, DatabaseError } from 'pg'
import {
  type Account,
  accountFor,
  embeddedError,
  environment,
  findBinaries,
  privateFolder,
} from './postgres-binaries.ts'
import { directoryMark, inUse, isAlive, readLock, retireOrphan, serverName } from './postmaster.ts'

/** A running server: its URL for `openDatabase`, and `stop`, which checkpoints and waits for its end. */
export interface Embedded {
  url: string
  stop(): Promise<void>
}

interface Site {
  native: string
  data: string
  account: Account | undefined
  log: string
}

const patienceMs = 15_000
const settings = [
  'listen_addresses=',
  'port=5432',
  'unix_socket_permissions=0700',
  'max_connections=100',
  'shared_buffers=32MB',
  'io_method=sync',
  'wal_level=minimal',
  'max_wal_senders=0',
  'max_logical_replication_workers=0',
  'log_min_messages=fatal',
]

/**
 * Starts PostgreSQL on `<dataDir>/postgres`, made at the first start, with an empty database `assay`. Throws an Error
 * with a `code`: `embedded_missing` (no package here), `embedded_in_use` (another process has it), `embedded_failed`.
 */
export async function startEmbedded(dataDir: string): Promise<Embedded> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  const home = await realpath(dataDir)
  const data = join(home, 'postgres')
  const account = accountFor(data)
  const site: Site = { native: await findBinaries(account), data, account, log: join(home, 'postgres.log') }
  if (!existsSync(data)) await initialise(home, site)
  await retireOrphan(data)
  const name = serverName(await directoryMark(data))
  const sockets = await privateFolder(name, account)
  const server = await launch(site, sockets, name)
  const url = `postgres://assay@localhost:5432/assay?host=${encodeURIComponent(sockets)}&sslmode=disable`
  try {
    await ready(server, site)
    await ensureDatabase(url)
  } catch (error) {
    await stop(server, sockets)
    throw error
  }
  return { url, stop: () => stop(server, sockets) }
}

async function run(site: Site, program: string, cwd: string, args: readonly string[]): Promise<ChildProcess> {
  const log = await open(site.log, 'a', 0o600)
  // Its own session: a Ctrl-C in our terminal must not stop the database before the last request has finished.
  const child = spawn(join(site.native, 'bin', program), ['-D', address(site, cwd), ...args], {
    ...site.account,
    cwd,
    env: environment,
    stdio: ['ignore', log.fd, log.fd],
    detached: true,
  })
  child.on('error', () => undefined)
  await log.close()
  return child
}

// Root's directories may be closed to the account. The working directory is entered before root drops, and stays open.
function address({ account }: Site, cwd: string): string {
  return account ? '/proc/self/cwd' : cwd
}

// Made aside and renamed, so that a cluster is whole or absent.
async function initialise(home: string, site: Site): Promise<void> {
  const fresh = await mkdtemp(join(home, 'postgres-new-'))
  if (site.account) await chown(fresh, site.account.uid, site.account.gid)
  const options = '--username=assay --auth=trust --encoding=UTF8 --locale=C --no-instructions'
  const locale = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  const child = await run(site, 'initdb', fresh, [...options.split(' '), ...locale])
  await ended(child)
  if (child.exitCode === 0) await rename(fresh, site.data).catch(() => undefined)
  await rm(fresh, { recursive: true, force: true })
  if (!existsSync(site.data)) throw await failure(site, 'initdb failed')
}

async function launch(site: Site, sockets: string, name: string): Promise<ChildProcess> {
  const own = [`unix_socket_directories=${sockets}`, `cluster_name=${name}`]
  const server = await run(
    site,
    'postgres',
    site.data,
    [...settings, ...own].flatMap(setting => ['-c', setting]),
  )
  server.unref()
  const onExit = () => server.kill('SIGINT')
  process.once('exit', onExit)
  server.once('exit', () => process.off('exit', onExit))
  return server
}

// Ready is what PostgreSQL's lock file says of our own server; a rival's may be up in the same place.
async function ready(server: ChildProcess, site: Site): Promise<void> {
  for (const deadline = Date.now() + patienceMs; Date.now() < deadline; await sleep(3)) {
    const { pid, state } = await readLock(site.data)
    if (pid !== undefined && pid === server.pid && state === 'ready') return
    if (server.pid === undefined || server.exitCode !== null || server.signalCode !== null) {
      throw isAlive(pid) ? inUse(site.data) : await failure(site, 'the server did not start')
    }
  }
  throw await failure(site, `the server was not ready after ${patienceMs / 1000} s`)
}

async function ensureDatabase(url: string): Promise<void> {
  const known = await ask(url, 'select').catch(error => {
    if (error instanceof DatabaseError && error.code === '3D000') return undefined
    throw error
  })
  if (!known) await ask(url.replace('/assay?', '/postgres?'), 'create database assay')
}

async function ask(url: string, sql: string): Promise<true> {
  const client = new Client(url)
  try {
    await client.connect()
    await client.query(sql)
    return true
  } finally {
    await client.end()
  }
}

async function stop(server: ChildProcess, sockets: string): Promise<void> {
  const quit = setTimeout(() => server.kill('SIGQUIT'), patienceMs)
  server.kill('SIGINT')
  await ended(server)
  clearTimeout(quit)
  await rmdir(sockets).catch(() => undefined)
}

function ended(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  child.ref()
  return new Promise(resolve => child.once('exit', () => resolve()))
}

async function failure(site: Site, message: string): Promise<Error> {
  const log = await readFile(site.log, 'utf8').catch(() => '')
  return embeddedError('embedded_failed', `${message}. ${log.trimEnd().split('\n').slice(-3).join(' ')}`)
}
