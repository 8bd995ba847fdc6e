// A PostgreSQL of its own for a test that harms it, on one address of 127.0.0.1 for good; its programs are those that come with
// the service for trying out.

import { execFileSync } from 'node:child_process'
import { chownSync, readdirSync, readFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Test } from 'tap'
import { accountFor, environment, findBinaries } from '../../src/db/postgres-binaries.ts'
import { freePort, temporaryFolder } from '../interop/support.ts'
import { asAdmin } from '../support/database.ts'
import { type Running, run, until } from './process.ts'

/** A server that can be harmed. */
export interface Postgres {
  url: string
  port: number
  /** Starts it, after it was ended, and waits until it answers. */
  start(): Promise<void>
  /** Ends it: SIGINT in order, SIGKILL with all its processes and nothing written. */
  end(signal: 'SIGINT' | 'SIGKILL'): Promise<void>
  /** Stops or continues every one of its processes. */
  signal(name: 'SIGSTOP' | 'SIGCONT'): void
  /** Runs SQL as the account that may do everything. */
  sql<Row>(text: string): Promise<Row[]>
}

/** Makes one in `home`, else in a folder that goes with the test; `wal`: a folder for its log alone. */
export async function openPostgres(
  t: Test,
  options: { home?: string; wal?: string; settings?: string[] } = {},
): Promise<Postgres> {
  const home = options.home ?? (await temporaryFolder(t))
  const data = join(home, 'data')
  const account = accountFor(join(home, 'nothing'))
  const native = await findBinaries(account)
  await mkdir(data, { mode: 0o700 })
  const wal = options.wal === undefined ? [] : [`--waldir=${options.wal}`]
  if (account)
    for (const folder of [home, data, ...(options.wal ? [options.wal] : [])])
      chownSync(folder, account.uid, account.gid)
  const at = { ...account, cwd: data, env: environment }
  const made = '--username=assay --auth=trust --encoding=UTF8 --locale=C --no-instructions --no-sync'
  execFileSync(join(native, 'bin/initdb'), ['-D', data, ...made.split(' '), ...wal], { ...at, stdio: 'ignore' })
  const port = await freePort()
  const address = ['listen_addresses=127.0.0.1', `port=${port}`, 'unix_socket_directories=', 'io_method=sync']
  const settings = [...address, 'shared_buffers=32MB', ...(options.settings ?? [])].flatMap(one => ['-c', one])
  const url = `postgres://assay@127.0.0.1:${port}/postgres?sslmode=disable`
  let running: Running | undefined
  const tree = (): number[] => {
    const pid = running?.child.pid
    return pid === undefined ? [] : treeOf(pid)
  }
  const postgres: Postgres = {
    url,
    port,
    async start() {
      running = run(t, [join(native, 'bin/postgres'), '-D', data, ...settings], at)
      const { child, output } = running
      const answers = async () => child.exitCode === null && (await asAdmin(url, client => client.query('select 1')))
      await until('PostgreSQL answers', answers, 15).catch(error => {
        throw new Error(`${error}\n${output()}`)
      })
    },
    async end(signal) {
      if (signal === 'SIGKILL') signalAll(tree(), signal)
      await running?.end(signal === 'SIGKILL' ? null : signal)
    },
    signal(name) {
      signalAll(tree(), name)
    },
    sql: <Row>(text: string) => asAdmin(url, async client => (await client.query(text)).rows as Row[]),
  }
  await postgres.start()
  return postgres
}

/** A process and its children. */
export function treeOf(parent: number): number[] {
  const ids = readdirSync('/proc').filter(name => /^\d+$/.test(name))
  return [parent, ...ids.map(Number).filter(pid => parentOf(pid) === parent)]
}

/** Sends a signal to processes, some of which may be gone. */
export function signalAll(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal)
    } catch {
      // It was gone already.
    }
  }
}

function parentOf(pid: number): number | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return Number(status.slice(status.lastIndexOf(')') + 2).split(' ')[1])
  } catch {
    return undefined
  }
}
