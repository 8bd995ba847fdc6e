import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose'
import { t as root, test } from 'tap'
import { purge } from '../../src/purge.ts'
import { longestTokenTtl } from '../../src/sessions/session.ts'
import { settings } from '../../src/settings.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { type Browser, begin, connect, deliver, logIn, openBrowser, type TestConnection } from '../support/browser.ts'
import { instant, respond, testIdp } from '../support/idp.ts'

const service = testApp(root)
const idp = testIdp()

async function signedIn({ app, clock }: TestApp, connection: TestConnection, change = {}): Promise<Browser> {
  const browser = openBrowser(app)
  const answer = await logIn(browser, idp, connection, { now: clock.now.getTime(), ...change })
  if (answer.statusCode !== 303) throw new Error(answer.body)
  return browser
}

async function sidOf(browser: Browser): Promise<string> {
  const { headers } = await browser.get('/gateway/verify')
  return String(decodeJwt(String(headers.authorization).replace('Bearer ', ''))['sid'])
}

const status = async (browser: Browser) => (await browser.get('/gateway/verify')).statusCode

async function feedOf({ app }: TestApp, headers: Record<string, string> = {}) {
  const answer = await app.inject({ url: '/.well-known/revoked-sessions', headers })
  const sids = answer.statusCode === 200 ? (decodeJwt(answer.body)['sids'] as string[]) : []
  return { answer, sids }
}

test('an operator sees who is in, by page and by filter, and no secret, NameID or other claim', async t => {
  const house = await service
  const { app, admin } = house
  const [acme, globex] = [await connect(app, idp, { tenant: 'list-a' }), await connect(app, idp, { tenant: 'list-b' })]
  const attributes = { email: ['alice@acme.example'], groups: ['secret-project'] }
  const browser = await signedIn(house, acme, { attributes, nameId: 'a-name-id' })
  await signedIn(house, acme, { nameId: 'bob' })
  await signedIn(house, globex)
  const sid = await sidOf(browser)
  const one = await admin('GET', `/sessions/${sid}`)
  t.match(one.body, {
    sid,
    tenant: 'list-a',
    connection_id: acme.id,
    client_id: 'default',
    email: 'alice@acme.example',
  })
  const members = 'auth_time client_id connection_id created_at email expires_at last_seen_at name sid sub tenant'
  t.same(Object.keys(one.body).sort(), members.split(' '))
  const cookie = [...browser.cookies.values()].join('|')
  t.notMatch(JSON.stringify(one.body), new RegExp(`secret-project|a-name-id|${cookie}`))
  const first = await admin('GET', '/sessions?tenant=list-a&limit=1')
  const second = await admin('GET', `/sessions?tenant=list-a&limit=1&cursor=${first.body.next_cursor}`)
  t.equal(second.body.next_cursor, null)
  const both = [first.body.items[0].sid, second.body.items[0].sid]
  t.ok(both.includes(sid) && both[0] !== both[1])
  const count = async (query: string) => (await admin('GET', `/sessions?${query}`)).body.items.length
  t.equal(await count(`sub=${one.body.sub}`), 1)
  t.equal(await count(`connection=${globex.id}`), 1)
  t.equal(await count('client=default&tenant=list-b'), 1)
  t.equal(await count('tenant=list-a&client=other'), 0)
  t.equal((await admin('GET', '/sessions/nobody')).status, 404)
})

test('sessions end by sid, person, tenant, connection and client; never by a filter that is misspelt or missing', async t => {
  const house = await service
  const { app, admin } = house
  await admin('POST', '/clients', { client_id: 'away', name: 'App', audience: 'https://away.example' })
  const connection = await connect(app, idp, { tenant: 'ends' })
  const other = await connect(app, idp, { tenant: 'stays' })
  const bystander = await signedIn(house, other)
  for (const query of ['', '?sup=x', '?tenant=ends&sup=x', '?tenant=', '?tenant=ends&tenant=stays'])
    t.match(await admin('DELETE', `/sessions${query}`), { status: 400, body: { code: 'invalid_request' } }, query)
  const single = await signedIn(house, connection)
  const sid = await sidOf(single)
  t.equal((await admin('DELETE', `/sessions/${sid}`)).status, 204)
  t.equal((await admin('DELETE', `/sessions/${sid}`)).status, 404)
  t.equal(await status(single), 401)
  const everywhere = await Promise.all([signedIn(house, connection), signedIn(house, connection)])
  const another = await signedIn(house, connection, { nameId: 'bob' })
  const { body } = await admin('GET', `/sessions/${await sidOf(everywhere[0])}`)
  t.same((await admin('DELETE', `/sessions?sub=${body.sub}`)).body, { ended: 2 })
  t.same(await Promise.all([...everywhere, another].map(status)), [401, 401, 200])
  t.same((await admin('DELETE', `/sessions?connection=${connection.id}&tenant=stays`)).body, { ended: 0 })
  t.same((await admin('DELETE', `/sessions?connection=${connection.id}`)).body, { ended: 1 })
  const fourth = await signedIn(house, connection)
  t.same((await admin('DELETE', '/sessions?tenant=ends')).body, { ended: 1 })
  t.equal(await status(fourth), 401)
  t.same((await admin('DELETE', '/sessions?tenant=ends')).body, { ended: 0 })
  t.same((await admin('DELETE', '/sessions?client=away')).body, { ended: 0 })
  t.equal(await status(bystander), 200)
})

test('the feed names, signed, what was ended while a token of it may live, for whatever reason', async t => {
  const house = await testApp(t)
  const { app, admin, clock } = house
  await admin('POST', '/clients', { client_id: 'app', name: 'App', audience: 'https://app.example' })
  const connect4 = () => connect(app, idp)
  const [ended, left, off, moved, gone, kept] = await Promise.all([1, 2, 3, 4, 5, 6].map(connect4))
  if (!ended || !left || !off || !moved || !gone || !kept) throw new Error('six connections')
  const browsers = await Promise.all([ended, left, off, moved, gone, kept].map(one => signedIn(house, one)))
  const sids = await Promise.all(browsers.map(sidOf))
  t.same((await feedOf(house)).sids, [])
  await admin('DELETE', `/sessions/${sids[0]}`)
  await browsers[1]?.get('/logout')
  await admin('PATCH', `/connections/${off.id}`, { enabled: false })
  await admin('PATCH', `/connections/${moved.id}`, { tenant: 'globex' })
  await admin('DELETE', `/connections/${gone.id}`)
  await admin('PATCH', `/connections/${kept.id}`, { name: 'Another name' })
  const { answer, sids: told } = await feedOf(house)
  t.same(told, sids.slice(0, 5).sort())
  t.same(await Promise.all(browsers.map(status)), [401, 401, 401, 401, 401, 200])
  await admin('PATCH', `/connections/${off.id}`, { enabled: true })
  t.equal(await status(browsers[2] as Browser), 401, 'switching on again brings nobody back')
  t.match(answer.headers, { 'content-type': 'application/jwt', 'cache-control': 'public, max-age=5' })

  await app.listen({ port: 0 })
  const address = app.server.address()
  const port = typeof address === 'object' ? address?.port : 0
  const keys = createRemoteJWKSet(new URL(`http://localhost:${port}/.well-known/jwks.json`))
  const rules = { issuer: 'https://sso.example', typ: 'revoked-sessions+jwt', currentDate: clock.now }
  const { payload } = await jwtVerify(answer.body, keys, rules)
  t.same(Object.keys(payload).sort(), ['exp', 'iat', 'iss', 'sids'])
  t.equal((payload.exp ?? 0) - (payload.iat ?? 0), 120)
})

test('the feed is small: signed anew only when it changes or grows old, and emptied when no token can live', async t => {
  const house = await testApp(t, { settings: { SESSION_TTL: '7200' } })
  const { app, admin, clock, db } = house
  const minute = Math.ceil(clock.now.getTime() / 60_000) * 60_000
  const at = (seconds: number) => {
    clock.now = new Date(minute + seconds * 1000)
  }
  at(0)
  const connection = await connect(app, idp, { clock_skew: 0 })
  const soon = { sessionNotOnOrAfter: instant(minute + 90_000) }
  const [long, short] = [await signedIn(house, connection), await signedIn(house, connection, soon)]
  const [longSid, shortSid] = [await sidOf(long), await sidOf(short)]
  const { answer: empty } = await feedOf(house)
  at(59)
  const same = await feedOf(house, { 'if-none-match': String(empty.headers.etag) })
  t.equal(same.answer.statusCode, 304)
  t.equal(same.answer.body, '')
  t.equal((await feedOf(house)).answer.body, empty.body, 'not signed again')
  await admin('DELETE', '/sessions?tenant=acme')
  t.same((await feedOf(house)).sids, [longSid, shortSid].sort())
  at(60)
  t.not((await feedOf(house)).answer.headers.etag, empty.headers.etag)
  at(91)
  t.same((await feedOf(house)).sids, [longSid], 'a session that would be over by itself has no tokens')
  at(59 + longestTokenTtl - 1)
  t.same((await feedOf(house)).sids, [longSid])
  at(59 + longestTokenTtl)
  t.same((await feedOf(house)).sids, [])
  at(60 + longestTokenTtl)
  await purge(db, clock.now)
  t.same(await db.query('select sid from ended_sessions'), [])
})

test('a sign-in at the moment in which its connection is switched off leaves nobody in', async t => {
  const { app, admin, db } = await service
  const connection = await connect(app, idp)
  const browser = openBrowser(app)
  const { requestId, relayState } = await begin(browser, connection.id)
  const response = respond(idp, connection, requestId, { assertionId: '_beside' })
  const hash = createHash('sha256')
    .update(JSON.stringify([idp.issuer, '_beside']))
    .digest()
  const blocked = async (count: number) => {
    const sql = `select count(*)::int as n from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`
    for (let tries = 0; tries < 200; tries += 1) {
      if (((await db.query<{ n: number }>(sql))[0]?.n ?? 0) >= count) return true
      await sleep(5)
    }
    return false
  }
  let both: Promise<unknown> = Promise.resolve()
  // Somebody else holds the assertion: the sign-in stands still after it has looked at the connection.
  const holding = db.transaction(async tx => {
    const sql = 'insert into consumed_assertions (connection_id, assertion_hash, expires_at) values ($1, $2, now())'
    await tx.query(sql, [connection.id, hash])
    const arriving = deliver(browser, connection, response, relayState)
    t.ok(await blocked(1))
    const leaving = admin('PATCH', `/connections/${connection.id}`, { enabled: false })
    both = Promise.all([arriving, leaving])
    t.ok(await blocked(2), 'switching off waits for the sign-in')
    throw new Error('let go')
  })
  await t.rejects(holding, { message: 'let go' })
  await both
  t.same(await db.query('select sid from sessions where connection_id = $1', [connection.id]), [])
  t.equal(await status(browser), 401)
})

test('no token lives longer than the feed remembers', async t => {
  const { admin } = await service
  t.equal(settings.TOKEN_TTL.read(String(longestTokenTtl)), longestTokenTtl)
  t.match(settings.TOKEN_TTL.read(String(longestTokenTtl + 1)), { wrong: /./ })
  t.equal((await admin('PATCH', '/clients/default', { token_ttl: longestTokenTtl + 1 })).status, 400)
})

test('the end of a session is exact: in its last second, at it, and for a provider’s end of any fraction', async t => {
  const house = await testApp(t, { settings: { SESSION_TTL: '600', SESSION_IDLE_TTL: '60', TOKEN_TTL: '3600' } })
  const { app, clock } = house
  const connection = await connect(app, idp, { clock_skew: 0 })
  const start = Math.ceil(clock.now.getTime() / 1000) * 1000
  const at = (milliseconds: number) => {
    clock.now = new Date(start + milliseconds)
  }
  at(0)
  const bounded = await signedIn(house, connection, { sessionNotOnOrAfter: instant(start + 30_700) })
  const idle = await signedIn(house, connection)
  const busy = await signedIn(house, connection)
  at(29_999)
  const token = String((await bounded.get('/gateway/verify')).headers.authorization).replace('Bearer ', '')
  t.equal(decodeJwt(token).exp, start / 1000 + 30, 'whole seconds, rounded down')
  at(30_000)
  t.equal(await status(bounded), 401, 'no token could be given for the rest of a second')
  t.equal(await status(busy), 200)
  at(59_999)
  t.equal(await status(busy), 200)
  t.equal((await house.admin('GET', '/sessions')).body.items.length, 2)
  at(60_000)
  t.equal(await status(idle), 401)
  for (let second = 110; second < 600; second += 50) {
    at(second * 1000)
    t.equal(await status(busy), 200)
  }
  at(599_999)
  t.equal(await status(busy), 200)
  at(600_000)
  t.equal(await status(busy), 401)
})
