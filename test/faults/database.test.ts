// What happens to databases, done to a real one while people sign in: killed, paused, out of connections, read-only, its disk
// full. Each time logins are refused with 503, what is in memory goes on, and all is well again by itself.

import { execFileSync } from 'node:child_process'
import { closeSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { t as root, type Test, test } from 'tap'
import { freePort, temporaryFolder } from '../interop/support.ts'
import { asAdmin } from '../support/database.ts'
import { testIdp } from '../support/idp.ts'
import { beginLoad, type Outcome } from './load.ts'
import { beginChanges, unrecorded, verifiedChain } from './operator.ts'
import { openPostgres } from './postgres.ts'
import { until } from './process.ts'
import { startReplica } from './replica.ts'
import { type Answer, begin, connect, deliver, logIn, openVisitor, tokenOf, type Where } from './visitor.ts'

const disk = await temporaryFolder(root)
execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=160m,mode=0755', 'assay-test', disk])
root.teardown(() => execFileSync('umount', ['--lazy', disk]))
const settings = ['max_connections=24', 'max_wal_size=64MB', 'min_wal_size=32MB']
const postgres = await openPostgres(root, { home: disk, wal: await temporaryFolder(root), settings })
await postgres.sql('create database assay')
const databaseUrl = postgres.url.replace('/postgres?', '/assay?')
const port = await freePort()
const publicUrl = `http://localhost:${port}`
const { url: base } = await startReplica(root, { databaseUrl, publicUrl, settings: { SESSION_OFFLINE_TTL: '60' } })
const idp = testIdp()
const where: Where = { idp, connection: await connect(base, idp) }
const loads: Outcome[] = []
const changes: string[] = []

interface Fault {
  harm: () => Promise<unknown>
  /** What it lasts, in milliseconds, beside the time that the checks take. */
  lasts?: number
  heal: () => Promise<unknown>
  /** Reading goes on: /readyz may not know, and sessions that are not in memory are found. */
  reads?: boolean
  /** A login may begin all the same. */
  begins?: boolean
  /** A statement may have been under way: what was answered 503 may have happened. */
  unsure?: boolean
}

async function timed(ask: () => Promise<Answer>): Promise<Answer & { took: number }> {
  const began = performance.now()
  return { ...(await ask()), took: Math.round(performance.now() - began) }
}

function isClear(t: Test, answer: Answer, what: string): void {
  t.equal(answer.status, 503, `${what} ${answer.text.slice(0, 300)}`)
  t.match(answer.headers.get('content-type'), 'text/html')
  t.equal(answer.headers.get('retry-after'), '5')
  t.equal(answer.headers.getSetCookie().length, 0)
  t.match(answer.text, '<h1')
  t.notMatch(answer.text, /ECONN|postgres|read-only|disk|No space|too many|timeout/i)
}

async function memoryGoesOn(t: Test, known: ReturnType<typeof openVisitor>): Promise<number> {
  const paths = ['/gateway/verify', '/.well-known/jwks.json', '/.well-known/openid-configuration', '/livez']
  let slowest = 0
  for (const path of [...paths, `/saml/${where.connection.id}/metadata`]) {
    const answer = await timed(() => known.ask(`${base}${path}`))
    t.equal(answer.status, 200, `${path} ${answer.text.slice(0, 300)}`)
    slowest = Math.max(slowest, answer.took)
  }
  t.ok(slowest < 2_500, `memory answered in ${slowest} ms`)
  return slowest
}

async function endure(t: Test, { harm, lasts = 0, heal, reads, unsure, begins }: Fault): Promise<void> {
  const [known, pending, used] = [openVisitor(), openVisitor(), openVisitor()]
  await logIn(known, base, where)
  await tokenOf(known, base)
  await known.ask(`${base}/saml/${where.connection.id}/metadata`)
  const form = await begin(used, base, where)
  t.equal((await deliver(used, base, where, form)).status, 303)
  const open = await begin(pending, base, where)
  const stop = beginLoad(base, where, 4)
  const stopChanges = beginChanges(base, 200)
  await sleep(1_000)

  await harm()
  const [acs, login, replay, ready] = await Promise.all([
    timed(() => deliver(pending, base, where, open)),
    timed(() => openVisitor().ask(`${base}/login/${where.connection.id}`)),
    timed(() => deliver(used, base, where, form)),
    timed(() => known.ask(`${base}/readyz`)),
    memoryGoesOn(t, known),
  ])
  isClear(t, acs, 'the ACS')
  if (begins) t.equal(login.status, 302)
  else isClear(t, login, '/login')
  t.ok([403, 503].includes(replay.status), 'no replay')
  if (!reads) t.equal(ready.status, 503)
  await sleep(lasts)
  const slowest = await memoryGoesOn(t, known)

  await heal()
  const began = performance.now()
  await until('people can sign in again', async () => {
    await logIn(openVisitor(), base, where)
    return true
  })
  const back = Math.round(performance.now() - began)
  await until('it is ready', async () => (await known.ask(`${base}/readyz`)).status === 200)
  const late = await deliver(pending, base, where, open)
  t.ok(late.status === 303 || (unsure && late.status === 403), `the login is not lost: ${late.status} ${late.text}`)
  t.equal((await deliver(used, base, where, form)).status, 403, 'no replay')
  await sleep(1_000)
  const outcome = await stop()
  loads.push(outcome)
  changes.push(...(await stopChanges()))
  const refused = outcome.failures.filter(({ why }) => !/ 503 /.test(why))
  t.same(refused, [], 'nothing but 503 was answered')
  t.comment(
    `refused after ${Math.max(acs.took, login.took)} ms, memory in ${slowest} ms, signed in ${back} ms after it came back; ` +
      `beside it ${outcome.signedIn.length} logins, ${outcome.failures.length} times 503`,
  )
}

test('killed and started again', t =>
  endure(t, { harm: () => postgres.end('SIGKILL'), lasts: 3_000, heal: () => postgres.start() }))

test('paused for 30 seconds', t =>
  endure(t, {
    harm: async () => postgres.signal('SIGSTOP'),
    lasts: 20_000,
    heal: async () => postgres.signal('SIGCONT'),
    unsure: true,
  }))

test('out of connections', async t => {
  const taken: Client[] = []
  const take = async (): Promise<boolean> => {
    const client = new Client({ connectionString: databaseUrl, application_name: 'taker' })
    client.on('error', () => undefined)
    const got = await client.connect().then(
      () => true,
      () => false,
    )
    if (got) taken.push(client)
    return got
  }
  const harm = async () => {
    await take()
    const clear = `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'assay'`
    // Those that come back are thrown out until every place is taken.
    await until('every place is taken', async () => {
      const { rowCount } = (await taken[0]?.query(clear)) ?? { rowCount: 1 }
      for (let more = true; more; ) more = await take()
      return rowCount === 0
    })
  }
  await endure(t, { harm, lasts: 3_000, heal: () => Promise.all(taken.map(client => client.end())), reads: false })
})

test('read-only', async t => {
  const set = (value: 'on' | 'off') => async () => {
    await postgres.sql(`alter system set default_transaction_read_only = ${value}`)
    await postgres.sql('select pg_reload_conf()')
    await sleep(200)
  }
  await endure(t, { harm: set('on'), lasts: 3_000, heal: set('off') })
})

test('its disk is full', async t => {
  const path = join(disk, 'filler')
  const harm = async () => {
    const file = openSync(path, 'w')
    const fill = (size: number) => {
      try {
        while (true) writeSync(file, Buffer.alloc(size))
      } catch {
        // Full.
      }
    }
    fill(1_000_000)
    fill(4_096)
    closeSync(file)
    // Pages that have room are filled first; then nobody comes in.
    let refused = 0
    await until('nobody can sign in', async () => {
      const said = await logIn(openVisitor(), base, where).catch(String)
      refused = /ACS answered 503/.test(said ?? '') ? refused + 1 : 0
      return refused > 5
    })
  }
  // So that a login can begin, and it is its end that finds no room.
  await logIn(openVisitor(), base, where)
  await begin(openVisitor(), base, where)
  const asAssay = (text: string) => asAdmin(databaseUrl, client => client.query(text))
  const columns = 'browser_hash, connection_id, connection_version, return_to, created_at, expires_at'
  await asAssay(`insert into logins (relay_state_hash, request_id, ${columns}, client_id)
    select sha256(i::text::bytea), '_' || i, ${columns}, client_id from (select * from logins limit 1) one, generate_series(1, 4000) i`)
  await asAssay(
    `delete from logins where relay_state_hash in (select sha256(i::text::bytea) from generate_series(1, 4000) i)`,
  )
  await asAssay('vacuum (truncate false) logins')
  await endure(t, { harm, heal: async () => rmSync(path), reads: true, begins: true })
})

test('nobody who was told to be signed in was forgotten, and nothing came in twice', async t => {
  const { url: fresh } = await startReplica(root, { databaseUrl, publicUrl })
  const all = loads.flatMap(({ signedIn }) => signedIn)
  let [known, again] = [0, 0]
  for (const { visitor, form } of all) {
    if ((await visitor.ask(`${fresh}/gateway/verify`)).status === 200) known += 1
    if ((await deliver(visitor, fresh, where, form)).status !== 403) again += 1
  }
  t.equal(known, all.length)
  t.equal(again, 0)
  t.ok(changes.length > 20)
  t.same(await unrecorded(fresh, changes), [], 'no change that was acknowledged is missing in the audit log')
  t.match(await verifiedChain(t, databaseUrl), /^whole: /m)
  t.comment(
    `${changes.length} changes are in the audit log; ${known} of ${all.length} logins are there, ${again} of ${all.length} replays came in`,
  )
})
