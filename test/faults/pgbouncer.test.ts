// PgBouncer in transaction mode between the service and PostgreSQL, with fewer server connections than clients: everything works,
// so nothing needs a session of the database.

import { chown, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import { t as root, test } from 'tap'
import { accountFor } from '../../src/db/postgres-binaries.ts'
import { freePort, needPackages, temporaryFolder } from '../interop/support.ts'
import { testIdp } from '../support/idp.ts'
import { redeem, refresh, register, signIn } from './application.ts'
import { beginLoad } from './load.ts'
import { openPostgres } from './postgres.ts'
import { run, until } from './process.ts'
import { startReplica } from './replica.ts'
import { admin, begin, connect, deliver, logIn, openVisitor, send, tokenOf, type Where } from './visitor.ts'

const postgres = await openPostgres(root)
const bouncerPort = await openBouncer()
const port = await freePort()
const publicUrl = `http://localhost:${port}`
const databaseUrl = `postgres://assay@127.0.0.1:${bouncerPort}/assay?sslmode=disable`
await postgres.sql('create database assay')
// At once, on an empty database: one migrates and furnishes, the others wait for it, each on a connection that it gives back.
const start = () => startReplica(root, { databaseUrl, publicUrl })
const [{ url: one }, { url: two }, { url: three }] = await Promise.all([start(), start(), start()])
const bases = [one, two, three]
const idp = testIdp()
const where: Where = { idp, connection: await connect(one, idp) }

async function openBouncer(): Promise<number> {
  await needPackages('pgbouncer')
  const [home, listen] = [await temporaryFolder(root), await freePort()]
  const path = join(home, 'pgbouncer.ini')
  await writeFile(
    path,
    `[databases]
assay = host=127.0.0.1 port=${postgres.port} user=assay
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${listen}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 4
max_client_conn = 200
server_login_retry = 1
`,
  )
  // It refuses to run as root.
  const account = accountFor(join(home, 'nothing'))
  const drop = account ? ['setpriv', `--reuid=${account.uid}`, `--regid=${account.gid}`, '--clear-groups'] : []
  const [command = '', ...rest] = [...drop, 'pgbouncer', path]
  if (account) {
    for (const one of [home, path]) await chown(one, account.uid, account.gid)
  }
  const { output } = run(root, [command, ...rest], { env: { PATH: `${process.env['PATH']}:/usr/sbin` } })
  await until('PgBouncer listens', async () => output().includes('process up')).catch(error => {
    throw new Error(`${error}\n${output()}`)
  })
  return listen
}

test('three first starts at once make one house', async t => {
  t.equal((await admin<{ items: unknown[] }>(one, 'GET', '/clients')).items.length, 1)
  t.equal((await admin<{ items: unknown[] }>(one, 'GET', '/signing-keys')).items.length, 1)
  const sp = (await admin<{ items: { purpose: string }[] }>(one, 'GET', '/sp-keys')).items
  t.same(sp.map(({ purpose }) => purpose).sort(), ['encryption', 'signing'])
})

test('people sign in on one process, are known on the others, and leave on all', async t => {
  const visitor = openVisitor()
  const answer = await deliver(visitor, two, where, await begin(visitor, one, where))
  t.equal(answer.status, 303)
  for (const base of bases) t.ok(await tokenOf(visitor, base))
  const cookies = new Map(visitor.cookies)
  t.equal((await visitor.ask(`${three}/logout`)).status, 200)
  for (const [name, value] of cookies) visitor.cookies.set(name, value)
  await sleep(5_000)
  for (const base of bases) t.equal((await visitor.ask(`${base}/gateway/verify`)).status, 401)
})

test('a code is redeemed once, and refreshed', async t => {
  const application = await register(one)
  const code = await signIn(openVisitor(), [one, two], where, application)
  const answers = await Promise.all(bases.map(base => redeem(base, application, code)))
  t.same(answers.map(({ status }) => status).sort(), [200, 400, 400])
  const given = await redeem(one, application, await signIn(openVisitor(), [two, three], where, application))
  t.equal((await refresh(two, application, given.json().refresh_token)).status, 200)
})

test('keys are rotated on all processes at once', async t => {
  await Promise.all(bases.map(base => admin(base, 'POST', '/signing-keys/rotate', { leaked: true })))
  const visitor = openVisitor()
  await logIn(visitor, one, where)
  await sleep(5_000)
  const keys = createRemoteJWKSet(new URL(`${three}/.well-known/jwks.json`))
  for (const base of bases) t.ok(await jwtVerify(await tokenOf(visitor, base), keys, { issuer: publicUrl }))
  await Promise.all(
    bases.map(base => admin(base, 'POST', '/sp-keys/rotate', { purpose: 'signing', connection: where.connection.id })),
  )
})

test('more at once than there are connections: everybody waits for a turn, and nobody is refused', async t => {
  const stops = bases.map(base => beginLoad(base, where, 12, 0))
  await sleep(5_000)
  const outcomes = await Promise.all(stops.map(stop => stop()))
  t.same(
    outcomes.flatMap(({ failures }) => failures),
    [],
  )
  const [{ count }] = (await postgres.sql<{ count: number }>(
    `select count(*)::int as count from pg_stat_activity where datname = 'assay'`,
  )) as [{ count: number }]
  t.ok(count <= 4, `${count} connections`)
  t.comment(`${outcomes.flatMap(({ took }) => took).length} logins in 5 s over ${count} connections`)
})

test('another process starts beside those that run, and a server that goes and comes back behind PgBouncer', async t => {
  const { url } = await startReplica(root, { databaseUrl, publicUrl })
  t.equal((await send(`${url}/readyz`)).status, 200)
  await postgres.end('SIGKILL')
  t.equal((await openVisitor().ask(`${one}/login/${where.connection.id}`)).status, 503)
  await postgres.start()
  const began = performance.now()
  await until('people can sign in again', async () => {
    await logIn(openVisitor(), one, where)
    return true
  })
  t.comment(`signed in ${Math.round(performance.now() - began)} ms after PostgreSQL answered`)
})
