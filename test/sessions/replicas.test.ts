// Two replicas on one database: what one ends the other refuses, while almost no request waits for the database.

import { setTimeout as sleep } from 'node:timers/promises'
import type { Test } from 'tap'
import { t as root, test } from 'tap'
import { type TestApp, testApp } from '../support/app.ts'
import { type Browser, connect, logIn, openBrowser, type TestConnection } from '../support/browser.ts'
import { testIdp } from '../support/idp.ts'
import { type Through, through } from '../support/through.ts'

const idp = testIdp()

interface Pair {
  a: TestApp
  b: TestApp
  /** Between B and the database. */
  wire: Through
  connection: TestConnection
  /** Turns both clocks to so many milliseconds after the start. */
  at(milliseconds: number): void
  /** Somebody who came in at A, in front of B. */
  enter(): Promise<Browser & { atA: Browser }>
}

async function open(t: Test, settings: Record<string, string> = {}) {
  const wire = through()
  const a = await testApp(t, { settings })
  const b = await testApp(t, { settings, databaseUrl: a.databaseUrl, through: wire.db })
  return { a, b, wire }
}

// Each test has a connection of its own, and goes on where the clock stands.
async function prepare({ a, b, wire }: Awaited<ReturnType<typeof open>>): Promise<Pair> {
  const start = Math.ceil(a.clock.now.getTime() / 1000) * 1000 + 60_000
  const at = (milliseconds: number) => {
    a.clock.now = new Date(start + milliseconds)
    b.clock.now = new Date(start + milliseconds)
  }
  at(0)
  const connection = await connect(a.app, idp)
  const enter = async () => {
    const [atA, atB] = [openBrowser(a.app), openBrowser(b.app)]
    const answer = await logIn(atA, idp, connection, { now: a.clock.now.getTime() })
    if (answer.statusCode !== 303) throw new Error(answer.body)
    for (const [name, value] of atA.cookies) atB.cookies.set(name, value)
    return { ...atB, atA }
  }
  return { a, b, wire, connection, at, enter }
}

const shared = open(root)
const twoReplicas = async () => prepare(await shared)

const status = async (browser: Browser) => (await browser.get('/gateway/verify')).statusCode

// What runs beside the requests comes to its end.
async function until(done: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 500 && !(await done()); tries += 1) await sleep(10)
}

test('a session that was ended at one replica is refused at the other within five seconds, however it was ended', async t => {
  const { a, connection, at, enter } = await twoReplicas()
  const ways: Record<string, (browser: Browser & { atA: Browser }) => Promise<unknown>> = {
    'by leaving': ({ atA }) => atA.get('/logout'),
    'by the operator': () => a.admin('DELETE', `/sessions?connection=${connection.id}`),
    'with its connection': () => a.admin('PATCH', `/connections/${connection.id}`, { enabled: false }),
    'with its connection, gone': () => a.admin('DELETE', `/connections/${connection.id}`),
  }
  let now = 0
  for (const [way, end] of Object.entries(ways)) {
    await a.admin('PATCH', `/connections/${connection.id}`, { enabled: true })
    const browser = await enter()
    t.equal(await status(browser), 200)
    now += 1_000
    at(now)
    await end(browser)
    t.equal(await status(browser.atA), 401, `${way}: at once where it was ended`)
    now += 4_999
    at(now)
    t.equal(await status(browser), 401, way)
  }
})

test('a session that is remembered as its login is accepted is refused as soon as any other', async t => {
  const { b, connection, at, enter } = await twoReplicas()
  const [kept, ended, off] = [await enter(), await enter(), await enter()]
  // At B; nobody was asked for at A before.
  await ended.get('/logout')
  at(4_999)
  t.same([await status(ended.atA), await status(kept.atA)], [401, 200])
  await b.admin('PATCH', `/connections/${connection.id}`, { enabled: false })
  at(9_998)
  t.equal(await status(off.atA), 401)
})

test('with steady requests a poll beside them brings the end, at most every two seconds', async t => {
  const { a, wire, at, enter } = await twoReplicas()
  const [kept, ended] = [await enter(), await enter()]
  await status(kept)
  await status(ended)
  at(4_000)
  t.equal(await status(kept), 200)
  const { headers } = await ended.get('/gateway/verify')
  await a.admin('DELETE', `/sessions?sub=${headers['x-auth-subject']}`)
  const again = await enter()
  t.equal(await status(again), 200)
  at(6_000)
  const before = wire.statements.length
  await status(again)
  await until(() => wire.statements.length > before)
  await until(async () => (await status(ended)) === 401)
  t.equal(await status(ended), 401, 'nobody waited for that')
  t.equal(await status(again), 200)
})

test('a warm session costs no statement in most requests, and none that a request waits for', async t => {
  const { wire, at, enter } = await twoReplicas()
  const browser = await enter()
  const other = await enter()
  for (const one of [browser, other, browser]) t.equal(await status(one), 200)
  const warm = wire.statements.length
  for (let n = 0; n < 200; n += 1) await status(n % 2 ? browser : other)
  t.equal(wire.statements.length, warm, 'none within two seconds')
  wire.hold(true)
  for (let n = 1; n <= 200; n += 1) {
    at(n * 19)
    if ((await status(n % 2 ? browser : other)) !== 200) t.fail('a request waited, or was turned away')
  }
  t.equal(
    wire.statements.length,
    warm + 2,
    'in four seconds one for the news and one for the keys, which nobody waited for',
  )
  wire.hold(false)
  for (let second = 4; second < 150; second += 1) {
    at(second * 1000)
    await until(async () => (await status(browser)) === 200)
    await sleep(1)
  }
  const polls = wire.statements.slice(warm).filter(text => text.includes('ended_sessions')).length
  const touches = wire.statements.slice(warm).filter(text => text.startsWith('update sessions')).length
  const rest = wire.statements.slice(warm).filter(text => !/ended_sessions|^update sessions|signing_keys/.test(text))
  t.ok(polls >= 30 && polls <= 80, `${polls} polls`)
  t.ok(touches >= 1 && touches <= 6, `${touches} batches`)
  t.same(rest, [])
})

test('thirty requests of one page with a cold session share one reading', async t => {
  const { wire, enter } = await twoReplicas()
  const browser = await enter()
  await browser.get('/gateway/verify?client=default', { cookie: '' })
  const before = wire.statements.length
  const answers = await Promise.all(Array.from({ length: 30 }, () => status(browser)))
  t.same(new Set(answers), new Set([200]))
  t.equal(wire.statements.slice(before).filter(text => text.includes('secret_hash')).length, 1)
})

test('a session that is used at one replica does not idle out at the other, and idles out at both', async t => {
  const { a, at, enter } = await prepare(await open(t, { SESSION_IDLE_TTL: '60' }))
  const browser = await enter()
  t.equal(await status(browser), 200)
  const seen = async () =>
    (await a.db.query<{ at: Date }>('select last_seen_at as at from sessions'))[0]?.at.getTime() ?? 0
  for (let second = 5; second <= 50; second += 5) {
    at(second * 1000)
    t.equal(await status(browser.atA), 200)
  }
  // Nothing is asked any more: what waits is written by itself as soon as it is due.
  const last = a.clock.now.getTime()
  at(60_000)
  await until(async () => (await seen()) === last)
  t.equal(await seen(), last, 'exact, not a fraction of the limit behind')
  at(109_999)
  t.equal(await status(browser), 200, 'B had it as idle and asked')
  at(109_999 + 60_000)
  t.equal(await status(browser), 401)
  t.equal(await status(browser.atA), 401)
})

test('a client that was changed or removed at one replica is so at the other within five seconds', async t => {
  const { a, at, enter } = await twoReplicas()
  await a.admin('POST', '/clients', { client_id: 'app', name: 'App', audience: 'https://app.example' })
  const browser = await enter()
  const ask = async () => (await browser.get('/gateway/verify?client=app')).statusCode
  t.equal(await ask(), 200)
  await a.admin('PATCH', '/clients/app', { connections: ['abcdefgh'] })
  at(4_999)
  t.equal(await ask(), 403)
  await a.admin('DELETE', '/clients/app')
  at(9_999)
  t.equal(await ask(), 400)
})

test('while the database is away, who is in stays in for a minute; then 503, never 401', async t => {
  const { b, wire, at, enter } = await twoReplicas()
  const [warm, cold] = [await enter(), await enter()]
  t.equal(await status(warm), 200)
  t.equal(await status(warm), 200)
  wire.cut(true)
  const answers: Record<number, number> = {}
  for (const second of [1, 3, 5, 30, 59, 60, 90]) {
    at(second * 1000)
    answers[second] = await status(warm)
    t.equal(await status(cold), 503, 'who is not known here cannot be judged')
  }
  t.same(answers, { 1: 200, 3: 200, 5: 200, 30: 200, 59: 200, 60: 503, 90: 503 })
  t.equal((await b.app.inject('/gateway/verify')).statusCode, 503, 'not sent to sign in either')
  t.equal((await b.app.inject('/.well-known/revoked-sessions')).statusCode, 503, 'no feed was ever read')
  wire.cut(false)
  at(93_000)
  t.equal(await status(warm), 200)
  t.equal(await status(cold), 200)
  const feed = await b.app.inject('/.well-known/revoked-sessions')
  wire.cut(true)
  at(120_000 - 1)
  t.equal((await b.app.inject('/.well-known/revoked-sessions')).body, feed.body, 'the feed lasts as long as it says')
  at(213_000)
  t.equal((await b.app.inject('/.well-known/revoked-sessions')).statusCode, 503)
  wire.cut(false)
})

test('an operator may want no word from memory at all while the database is away', async t => {
  const { wire, at, enter } = await prepare(await open(t, { SESSION_OFFLINE_TTL: '0' }))
  const browser = await enter()
  await status(browser)
  t.equal(await status(browser), 200)
  wire.cut(true)
  at(3_999)
  t.equal(await status(browser), 200, 'the poll is not due')
  at(4_000)
  t.equal(await status(browser), 503)
})
