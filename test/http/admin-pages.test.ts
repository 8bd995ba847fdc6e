// The admin pages over their doors: who gets in, what each role may do, and what hostile names become.

import { t as root, type Test, test } from 'tap'
import { adminKey, testApp } from '../support/app.ts'
import { type Browser, begin, connect, deliver, logIn, openBrowser } from '../support/browser.ts'
import { respond, testIdp } from '../support/idp.ts'

const service = testApp(root)
const idp = testIdp()
const page = { accept: 'text/html' }
const hostile = `"><script>alert('x')</script>`

let visitors = 0

// Each from an address of its own: guesses are counted by address.
async function enter(): Promise<Browser> {
  const browser = openBrowser((await service).app)
  visitors += 1
  const answer = await (await service).app.inject({
    method: 'POST',
    url: '/admin/sign-in',
    remoteAddress: `10.0.0.${visitors}`,
    headers: { ...page, 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({ key: adminKey, next: '/admin' }).toString(),
  })
  for (const { name, value } of answer.cookies) browser.cookies.set(name, value)
  return browser
}

const tokenIn = (body: string) => /name="form_token" value="([\w-]{43})"/.exec(body)?.[1] ?? ''

async function send(browser: Browser, url: string, fields: Record<string, string> = {}, headers: object = {}) {
  const form_token = tokenIn((await browser.get('/admin/keys', page)).body)
  return browser.post(url, { form_token, ...fields }, { ...page, ...headers })
}

test('the admin key opens the pages, a wrong one does not, and nothing is shown without it', async t => {
  const { app, log } = await service
  const stranger = openBrowser(app)
  for (const path of [
    '',
    '/connections/abcdefgh',
    '/attempts',
    '/attempts/x',
    '/attempts/x/again',
    '/sessions',
    '/clients',
    '/keys',
  ]) {
    const answer = await stranger.get(`/admin${path}`, page)
    t.equal(answer.statusCode, 401, path)
    t.match(answer.body, 'Sign in to the admin pages')
  }
  t.equal((await stranger.get('/admin')).json().code, 'unauthorized')
  const wrong = await stranger.post('/admin/sign-in', { key: `${adminKey}x`, next: '/admin' }, page)
  t.equal(wrong.statusCode, 401)
  t.equal(stranger.cookies.size, 0)
  t.notMatch(log.join(''), `${adminKey}x`)
  const answer = await stranger.post('/admin/sign-in', { key: adminKey, next: '/admin/keys?done=x' }, page)
  t.equal(answer.headers['location'], '/admin/keys')
  t.match(
    answer.headers['set-cookie'],
    /^__Host-assay_admin=[\w-]{43}; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Strict$/,
  )
  t.equal((await stranger.get('/admin', page)).statusCode, 200)
  for (const next of ['https://evil.example/', '//evil.example', '/admin\\evil', '/login']) {
    const led = await openBrowser(app).post('/admin/sign-in', { key: adminKey, next }, page)
    t.equal(led.headers['location'], '/admin', next)
  }
})

test('a session ends after half an hour without use, after eight hours, and when somebody signs out', async t => {
  const { clock } = await service
  const begun = clock.now
  const browser = await enter()
  const opens = async () => (await browser.get('/admin', page)).statusCode === 200
  for (let minutes = 29; minutes < 8 * 60; minutes += 29) {
    clock.now = new Date(begun.getTime() + minutes * 60_000)
    t.ok(await opens(), `${minutes} minutes, used every 29`)
  }
  clock.now = new Date(begun.getTime() + 8 * 3_600_000)
  t.notOk(await opens())
  const idle = await enter()
  clock.now = new Date(clock.now.getTime() + 31 * 60_000)
  t.equal((await idle.get('/admin', page)).statusCode, 401)
  clock.now = begun
  const leaving = await enter()
  const cookies = new Map(leaving.cookies)
  t.match((await send(leaving, '/admin/sign-out')).body, 'You are signed out')
  t.equal(leaving.cookies.size, 0)
  for (const [name, value] of cookies) leaving.cookies.set(name, value)
  t.equal((await leaving.get('/admin', page)).statusCode, 401, 'the cookie is nothing any more')
})

test('a change without the form’s token, with another browser’s, or from another site is refused', async t => {
  const [browser, other] = [await enter(), await enter()]
  const foreign = tokenIn((await other.get('/admin/keys', page)).body)
  const code = async (fields: Record<string, string>, headers = {}) =>
    (await browser.post('/admin/keys/rotate', fields, headers)).json().code
  t.equal(await code({}), 'cross_site_request')
  t.equal(await code({ form_token: foreign }), 'cross_site_request')
  const form_token = tokenIn((await browser.get('/admin/keys', page)).body)
  t.equal(await code({ form_token }, { 'sec-fetch-site': 'cross-site' }), 'cross_site_request')
  t.equal(await code({ form_token }, { 'sec-fetch-site': 'same-site' }), 'cross_site_request')
  t.equal(await code({ form_token }, { origin: 'https://evil.example' }), 'cross_site_request')
  const key = { key: adminKey, next: '/admin' }
  t.equal((await browser.post('/admin/sign-in', key, { 'sec-fetch-site': 'cross-site' })).statusCode, 403)
  const own = { 'sec-fetch-site': 'same-origin', origin: 'null' }
  t.equal((await send(browser, '/admin/keys/rotate', {}, own)).headers['location'], '/admin/keys?done=key-made')
  t.match((await browser.get('/admin/keys?done=key-made', page)).body, 'The next key is published')
  t.equal((await openBrowser((await service).app).post('/admin/keys/rotate', { form_token }, page)).statusCode, 401)
})

test('whoever comes from another site is led in by a page of our own, since the cookie stays behind', async t => {
  const browser = openBrowser((await service).app)
  const first = await browser.get('/admin/attempts?outcome=refused', { ...page, 'sec-fetch-site': 'cross-site' })
  t.equal(first.headers['refresh'], '0; url=/admin/attempts?outcome=refused&again=1')
  const second = await browser.get('/admin/attempts?outcome=refused&again=1', {
    ...page,
    'sec-fetch-site': 'cross-site',
  })
  t.match(second.body, 'value="/admin/attempts?outcome=refused"')
})

test('the overview puts first where nobody gets in, finds by any name, and pages', async t => {
  const { app, admin, db } = await service
  const browser = await enter()
  const sick = await connect(app, idp, { name: 'Sick one', tenant: 'sick', domains: ['sick.example'] })
  const well = await connect(app, idp, { name: 'Well 100%', tenant: 'well' })
  const off = await connect(app, idp, { name: 'Resting', tenant: 'off', enabled: false })
  await logIn(openBrowser(app), idp, sick, { audience: 'https://other.example' })
  await logIn(openBrowser(app), idp, well)
  const read = async (query = '') => (await browser.get(`/admin${query}`, page)).body
  const order = ['Sick one', 'Well 100%', 'Resting'].map(name => ({ name, at: 0 }))
  const all = await read()
  for (const one of order) one.at = all.indexOf(one.name)
  t.ok(
    order.every(({ at }, place) => at > (order[place - 1]?.at ?? 0)),
    JSON.stringify(order),
  )
  t.match(all, '1 refused, nobody got in')
  for (const query of ['SICK', 'sick.example', sick.id, idp.issuer])
    t.match(await read(`?q=${encodeURIComponent(query)}`), 'Sick one', query)
  t.notMatch(await read('?q=100%25'), 'Sick one')
  t.notMatch(await read('?q=_ick'), 'Sick one', 'what is a wildcard to SQL is a letter here')
  t.match(await read('?state=off'), 'Resting')
  t.notMatch(await read('?state=off'), 'Sick one')
  t.match(await read('?q=nothing-like-that'), 'Nothing fits')
  await db.query(
    `insert into connections select (jsonb_populate_record(c, jsonb_build_object('id', 'copyofwell' || n, 'name', 'Copy ' || n))).*
     from connections c, generate_series(100, 219) n where c.id = $1`,
    [well.id],
  )
  const second = await read('?q=Copy&page=2')
  t.match(second, 'href="/admin?q=Copy&amp;page=3"')
  t.equal(second.match(/<th scope="row">/g)?.length, 50)
  await db.query(`delete from connections where id like 'copyofwell%'`)
  for (const { id } of [sick, well, off]) await admin('DELETE', `/connections/${id}`)
})

test('a connection’s page shows what is trusted and who came, and switches it off for everybody', async t => {
  const { app, admin } = await service
  const browser = await enter()
  const connection = await connect(app, idp, { name: hostile, tenant: 'acme' })
  const person = openBrowser(app)
  await logIn(person, idp, connection)
  const path = `/admin/connections/${connection.id}`
  const { body } = await browser.get(path, page)
  t.match(body, connection.acsUrl)
  t.match(body, '&quot;&gt;&lt;script&gt;')
  t.notOk(body.includes(hostile))
  t.equal((await send(browser, `${path}/disable`, { version: '7' })).statusCode, 412, 'somebody changed it meanwhile')
  t.equal((await send(browser, `${path}/disable`)).statusCode, 412, 'a form without a version')
  t.equal((await send(browser, `${path}/disable`, { version: '1' })).headers['location'], `${path}?done=switched-off`)
  t.equal((await person.get('/gateway/verify')).statusCode, 401)
  t.equal((await send(browser, `${path}/enable`, { version: '2' })).headers['location'], `${path}?done=switched-on`)
  const { body: events } = await admin('GET', `/audit-events?subject_id=${connection.id}`)
  t.equal(events.items[0].actor, 'admin-key')
  t.equal((await browser.get('/admin/connections/abcdefgh', page)).statusCode, 404)
})

test('an unknown certificate is shown beside the known one, and trusted once an operator says so', async t => {
  const { app } = await service
  const browser = await enter()
  const connection = await connect(app, idp, { tenant: 'keys' })
  const path = `/admin/connections/${connection.id}`
  const other = testIdp()
  const refused = await logIn(openBrowser(app), other, connection)
  t.equal(refused.statusCode, 403)
  const { body } = await browser.get(path, page)
  t.match(body, 'Signed by a certificate that we do not know')
  const sha256 = /name="sha256" value="([0-9a-f]{64})"/.exec(body)?.[1] ?? ''
  const again = `/admin/attempts/${refused.json().trace_id}/again`
  t.match((await browser.get(again, page)).body, 'It would be refused again, for the same reason')
  t.equal(
    (await send(browser, `${path}/approve`, { sha256, version: '1' })).headers['location'],
    `${path}?done=approved`,
  )
  t.match((await browser.get(again, page)).body, 'It would be accepted now')
  t.equal((await logIn(openBrowser(app), other, connection)).statusCode, 303)
})

// Whatever is typed as changes is tried, or answered with what is wrong with it.
async function tryDrafts(t: Test, browser: Browser, trace: string): Promise<void> {
  const judged = (changes: unknown) => {
    const text = typeof changes === 'string' ? changes : JSON.stringify(changes)
    return browser.get(`/admin/attempts/${trace}/again?changes=${encodeURIComponent(text)}`, page)
  }
  t.match((await judged({ force_authn: true })).body, 'These changes do not mend it')
  t.match((await judged({ sp_entity_id: hostile })).body, 'With these changes it would be accepted')
  t.match((await judged({ sp_entity_id: hostile, issuer: 'https://x.example' })).body, 'something else comes next')
  for (const [changes, word] of [
    ['{', 'This is no JSON object'],
    ['[]', 'This is no JSON object'],
    [{ sp_entity_id: 7 }, 'sp_entity_id'],
    [{ nonsense: true }, 'nonsense'],
    [{ certificates: ['x'] }, 'certificates'],
    [{ metadata_url: 'https://idp.example/metadata' }, 'is not fetched here'],
  ] as const) {
    const answer = await judged(changes)
    t.equal(answer.statusCode, 400)
    t.match(answer.body, word)
  }
}

test('a refused sign-in is found by its reference, explained, and judged again without changing anything', async t => {
  const { app, admin, db } = await service
  const browser = await enter()
  const connection = await connect(app, idp, { name: 'Judged' })
  const refused = await logIn(openBrowser(app), idp, connection, {
    audience: hostile,
    attributes: { email: [hostile] },
  })
  const trace = refused.json().trace_id
  const found = await browser.get(`/admin/attempts?reference=+${trace}+`, page)
  t.equal(found.headers['location'], `/admin/attempts/${trace}`)
  const shown = await browser.get(`/admin/attempts/${trace}`, page)
  t.match(shown.body, 'The assertion is for another audience')
  t.notOk(shown.body.includes(hostile))
  const missing = await browser.get(`/admin/attempts?reference=${encodeURIComponent(hostile)}`, page)
  t.equal(missing.statusCode, 404)
  t.notOk(missing.body.includes(hostile))
  const counts = () =>
    db.query(
      'select (select count(*) from sessions) s, (select count(*) from login_attempts) a, (select count(*) from people) p',
    )
  const before = await counts()
  t.match((await browser.get(`/admin/attempts/${trace}/again`, page)).body, 'for the same reason')
  await admin('PATCH', `/connections/${connection.id}`, { sp_entity_id: 'https://moved.example' })
  t.same(await counts(), before)
  await tryDrafts(t, browser, trace)
  t.same(await counts(), before)
  t.match((await admin('GET', `/connections/${connection.id}`)).body, { version: 2, force_authn: false })
  const stranger = await deliver(openBrowser(app), connection, respond(idp, connection, '_never', {}), 'x'.repeat(43))
  const unkept = await browser.get(`/admin/attempts/${stranger.json().trace_id}`, page)
  t.match(unkept.body, 'It cannot be judged again')
  t.equal((await browser.get(`/admin/attempts/${stranger.json().trace_id}/again`, page)).statusCode, 404)
  const list = await browser.get(`/admin/attempts?connection=${connection.id}&outcome=accepted`, page)
  t.match(list.body, 'Nothing fits')
})

test('sessions are found and ended one by one or as many as fit, never all by mistake', async t => {
  const { app } = await service
  const browser = await enter()
  const connection = await connect(app, idp, { tenant: 'leaving', name: 'Leaving' })
  const people = [openBrowser(app), openBrowser(app), openBrowser(app)]
  for (const person of people)
    await logIn(person, idp, connection, { attributes: { email: [`${hostile}@acme.example`] } })
  const { body } = await browser.get('/admin/sessions?tenant=leaving', page)
  t.notOk(body.includes(hostile))
  const sid = /name="sid" value="([\w-]+)"/.exec(body)?.[1] ?? ''
  const ended = await send(browser, '/admin/sessions/end', { sid, back: '/admin/sessions?tenant=leaving' })
  t.equal(ended.headers['location'], '/admin/sessions?tenant=leaving&done=session-ended')
  t.equal((await send(browser, '/admin/sessions/end', { sid, back: '/' })).statusCode, 404)
  t.equal((await send(browser, '/admin/sessions/end-all')).statusCode, 400, 'without a filter')
  t.equal((await send(browser, '/admin/sessions/end-all', { tenant: 'leaving' })).statusCode, 303)
  for (const person of people) t.equal((await person.get('/gateway/verify')).statusCode, 401)
})

test('people of the connection that is named for it come in with their role: viewers read, operators change', async t => {
  const { databaseUrl, app: first } = await service
  const roles = [
    { if: { groups: ['ops'] }, grant: ['assay-operator'] },
    { if: { groups: ['desk'] }, grant: ['assay-viewer'] },
  ]
  const attributes = { groups: ['groups'], email: ['email'] }
  const own = await connect(first, idp, { tenant: 'us', name: 'Our own', roles, attributes })
  const customer = await connect(first, idp, { tenant: 'them', name: 'A customer', roles, attributes })
  const { app, clock } = await testApp(t, { databaseUrl, settings: { ADMIN_CONNECTION: own.id } })
  const as = async (connection: typeof own, group: string) => {
    const browser = openBrowser(app)
    const { requestId, relayState } = await begin(browser, connection.id)
    const person = { attributes: { email: ['eve@acme.example'], groups: [group] } }
    await deliver(browser, connection, respond(idp, connection, requestId, person), relayState)
    return browser
  }
  t.match((await openBrowser(app).get('/admin', page)).body, `/login/${own.id}?return_to=/admin`)
  for (const [connection, group] of [
    [own, 'nobody'],
    [customer, 'ops'],
    [customer, 'desk'],
  ] as const) {
    const answer = await (await as(connection, group)).get('/admin', page)
    t.equal(answer.statusCode, 401, `${connection.id} ${group}`)
    t.match(answer.body, 'none of the roles')
  }
  const viewer = await as(own, 'desk')
  const read = await viewer.get('/admin/keys', page)
  t.match(read.body, 'You are here as eve@acme.example, to read only.')
  t.notMatch(read.body, 'Make the next key')
  const changes = [
    'keys/rotate',
    'keys/leaked',
    'keys/sp/publish',
    'sessions/end',
    'sessions/end-all',
    `connections/${own.id}/disable`,
    `connections/${own.id}/approve`,
    `connections/${own.id}/refresh`,
    `connections/${own.id}/end-sessions`,
    `connections/${own.id}/restore`,
    'links',
    'links/revoke',
  ]
  for (const path of changes)
    t.equal((await send(viewer, `/admin/${path}`, { tenant: 'us', version: '1' })).statusCode, 403, path)
  const operator = await as(own, 'ops')
  t.equal(
    (await send(operator, '/admin/keys/sp/publish', { purpose: 'signing' })).headers['location'],
    '/admin/keys?done=sp-published',
  )
  const events = await app.inject({ url: '/api/v1/audit-events', headers: { authorization: `Bearer ${adminKey}` } })
  t.match(events.json().items[0].actor, /^person:/)
  clock.now = new Date(clock.now.getTime() + 3500_000)
  t.equal((await send(operator, '/admin/sign-out')).headers['location'], '/logout')
})

test('what a version changed is shown side by side, and a version is restored by an operator', async t => {
  const { app, admin } = await service
  const browser = await enter()
  const { id } = await connect(app, idp, { name: 'Of old', tenant: 'history' })
  await admin('PATCH', `/connections/${id}`, { name: hostile, issuer: 'https://other.example' })
  const base = `/admin/connections/${id}`
  const list = await browser.get(`${base}/versions`, page)
  t.match(list.body, /name, issuer|issuer, name/)
  t.match(list.body, 'Trust')
  const first = await browser.get(`${base}/versions/1`, page)
  t.match(first.body, 'What restoring it would change now')
  t.notOk(first.body.includes(hostile))
  t.equal((await browser.get(`${base}/versions/3`, page)).statusCode, 404)
  t.equal((await browser.get(`${base}/versions/99999999999`, page)).statusCode, 404)
  t.equal(
    (await send(browser, `${base}/restore`, { restore: '1', version: '1' })).statusCode,
    412,
    'it is at version 2',
  )
  const restored = await send(browser, `${base}/restore`, { restore: '1', version: '2' })
  t.equal(restored.headers['location'], `${base}?done=restored`)
  t.equal((await admin('GET', `/connections/${id}`)).body.name, 'Of old')
  const log = await browser.get(`/admin/audit?subject_id=${id}&trust=true`, page)
  t.match(log.body, 'connection.restored')
  const seq = /href="\/admin\/audit\/(\d+)"/.exec(log.body)?.[1]
  t.match((await browser.get(`/admin/audit/${seq}`, page)).body, 'https://other.example')
  t.equal((await browser.get('/admin/audit/0', page)).statusCode, 404)
})

test('a set-up link is made at its page, shown once, and taken back', async t => {
  const { app } = await service
  const browser = await enter()
  const made = await send(browser, '/admin/links', { tenant: 'linked', expires_in: '86400' })
  const url = /<code>(https:\/\/sso\.example\/setup\/[\w-]{43})<\/code>/.exec(made.body)?.[1] ?? ''
  t.equal((await openBrowser(app).get(new URL(url).pathname, page)).statusCode, 303)
  const shown = await browser.get('/admin/links', page)
  t.match(shown.body, 'linked')
  t.notOk(shown.body.includes(url))
  const id = /name="id" value="(\w+)"/.exec(shown.body)?.[1] ?? ''
  t.equal((await send(browser, '/admin/links/revoke', { id })).headers['location'], '/admin/links?done=link-revoked')
  t.equal((await send(browser, '/admin/links/revoke', { id })).statusCode, 404)
  t.equal((await openBrowser(app).get(new URL(url).pathname, page)).statusCode, 410)
  const wrong = await send(browser, '/admin/links', { tenant: hostile })
  t.equal(wrong.statusCode, 400)
  t.notOk(wrong.body.includes(hostile))
  t.match((await send(browser, '/admin/links', { tenant: 'linked', connection: 'abcdefgh' })).body, 'has no connection')
})

test('who guesses the admin key is slowed down', async t => {
  const browser = openBrowser((await testApp(t, { databaseUrl: (await service).databaseUrl })).app)
  const guess = async () =>
    (await browser.post('/admin/sign-in', { key: 'x'.repeat(43), next: '/admin' }, page)).statusCode
  for (let count = 0; count < 10; count++) t.equal(await guess(), 401)
  t.equal(await guess(), 429)
})
