// Two PostgreSQL under Patroni with etcd, and HAProxy that leads to the one that is primary; replication is synchronous. All from
// Debian's packages.

import { chownSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Test } from 'tap'
import { accountFor } from '../../src/db/postgres-binaries.ts'
import { freePort, needPackages, temporaryFolder } from '../interop/support.ts'
import { signalAll, treeOf } from './postgres.ts'
import { type Running, run, until } from './process.ts'
import { startHaproxy } from './replica.ts'

/** One PostgreSQL with its Patroni. */
export interface Node {
  name: string
  /** What Patroni says of it: primary, sync_standby, replica; undefined where it does not answer. */
  role(): Promise<string | undefined>
  /** As if its machine had lost power. */
  kill(): Promise<void>
  start(): void
}

/** The cluster: `url` leads to whoever is primary. */
export interface Cluster {
  url: string
  nodes: [Node, Node]
}

const binaries = () => {
  const versions = existsSync('/usr/lib/postgresql') ? readdirSync('/usr/lib/postgresql') : []
  return `/usr/lib/postgresql/${versions.sort((a, b) => Number(b) - Number(a))[0]}/bin`
}

/** Opens the cluster and waits until the second node follows the first one synchronously. */
export async function openCluster(t: Test): Promise<Cluster> {
  await needPackages('postgresql', 'patroni', 'etcd-server', 'haproxy')
  const home = await temporaryFolder(t)
  const account = accountFor(join(home, 'nothing'))
  if (account) chownSync(home, account.uid, account.gid)
  const [clients, peers, entrance] = [await freePort(), await freePort(), await freePort()]
  const etcd = `http://127.0.0.1:${clients}`
  const peer = `http://127.0.0.1:${peers}`
  const addresses = `--listen-client-urls ${etcd} --advertise-client-urls ${etcd} --listen-peer-urls ${peer}`
  const own = `--name one --initial-advertise-peer-urls ${peer} --initial-cluster one=${peer}`
  run(t, ['etcd', '--data-dir', join(home, 'etcd'), ...`${addresses} ${own}`.split(' ')], { stdio: 'ignore' })
  await until('etcd answers', async () => (await fetch(`${etcd}/health`)).ok)
  const places = await Promise.all(
    ['one', 'two'].map(async name => ({ name, rest: await freePort(), port: await freePort() })),
  )
  const make = (place: Place) => openNode(t, home, account, clients, place)
  const [first, second] = [make(places[0] as Place), make(places[1] as Place)]
  first.start()
  await until('the first node is primary', async () => (await first.role()) === 'primary', 60)
  second.start()
  await until('the second node follows', async () => (await second.role()) === 'sync_standby', 60)
  await startHaproxy(t, home, entranceOf(entrance, places))
  return { url: `postgres://postgres@127.0.0.1:${entrance}/postgres?sslmode=disable`, nodes: [first, second] }
}

interface Place {
  name: string
  rest: number
  port: number
}

function openNode(t: Test, home: string, account: ReturnType<typeof accountFor>, etcd: number, place: Place): Node {
  const folder = join(home, place.name)
  mkdirSync(folder, { mode: 0o700 })
  if (account) chownSync(folder, account.uid, account.gid)
  const path = join(folder, 'patroni.yml')
  writeFileSync(path, configuration(folder, etcd, place))
  let running: Running | undefined
  const kill = async () => {
    const lock = join(folder, 'data/postmaster.pid')
    const server = existsSync(lock) ? Number(readFileSync(lock, 'utf8').split('\n')[0]) : 0
    const patroni = running?.child.pid
    signalAll([...(patroni ? [patroni] : []), ...(server > 0 ? treeOf(server) : [])], 'SIGKILL')
    await running?.end(null)
  }
  t.teardown(kill)
  return {
    name: place.name,
    kill,
    async role() {
      const { members } = await (await fetch(`http://127.0.0.1:${place.rest}/cluster`)).json()
      const { role, state } = members.find(({ name }: { name: string }) => name === place.name) ?? {}
      return ['running', 'streaming'].includes(state) ? (role === 'leader' ? 'primary' : role) : undefined
    },
    start() {
      const env = { PATH: process.env['PATH'], LC_ALL: 'C' }
      running = run(t, ['patroni', path], { ...account, cwd: folder, env })
    },
  }
}

function configuration(folder: string, etcd: number, { name, rest, port }: Place): string {
  const address = (at: number) => ({ listen: `127.0.0.1:${at}`, connect_address: `127.0.0.1:${at}` })
  const user = (username: string) => ({ username, password: 'a-password-of-this-test' })
  const parameters = { unix_socket_directories: folder, shared_buffers: '32MB', max_connections: 60 }
  return JSON.stringify({
    ...{ scope: 'assay', name, restapi: address(rest), etcd3: { host: `127.0.0.1:${etcd}` } },
    bootstrap: {
      // The shortest that Patroni takes.
      dcs: {
        ...{ ttl: 20, loop_wait: 1, retry_timeout: 3, synchronous_mode: true },
        postgresql: { use_pg_rewind: true, parameters },
      },
      initdb: [{ encoding: 'UTF8' }, { locale: 'C' }],
    },
    postgresql: {
      ...address(port),
      data_dir: join(folder, 'data'),
      bin_dir: binaries(),
      pgpass: join(folder, 'pgpass'),
      authentication: { superuser: user('postgres'), replication: user('replicator'), rewind: user('rewinder') },
      pg_hba: ['local all all trust', 'host all all 127.0.0.1/32 trust', 'host replication all 127.0.0.1/32 trust'],
      parameters,
    },
  })
}

function entranceOf(port: number, places: readonly Place[]): string {
  const servers = places.map(one => `  server ${one.name} 127.0.0.1:${one.port} check port ${one.rest}`)
  return `defaults
  mode tcp
  timeout connect 2s
  timeout client 30m
  timeout server 30m
  timeout check 2s
listen primary
  bind 127.0.0.1:${port}
  option httpchk GET /primary
  default-server inter 1s fall 2 rise 1 on-marked-down shutdown-sessions
${servers.join('\n')}
`
}
