// One browser, one session: whoever signs in again leaves the session that their browser had, on every replica.

import { t as root, test } from 'tap'
import { testApp } from '../support/app.ts'
import { type Browser, begin, connect, deliver, logIn, openBrowser, whyRefused } from '../support/browser.ts'
import { respond, testIdp } from '../support/idp.ts'
import { passProvider, postForm, register, requestUrl, told, verifier } from '../support/oauth.ts'
import { through } from '../support/through.ts'

const idp = testIdp()
const service = testApp(root)
const cookie = '__Host-assay_session'

// The same browser with a session cookie that it had before.
function former(browser: Browser) {
  const secret = browser.cookies.get(cookie) ?? ''
  return (app = service) =>
    app.then(async one => (await one.app.inject({ url: '/gateway/verify', cookies: { [cookie]: secret } })).statusCode)
}

async function sidsIn(connectionId: string): Promise<string[]> {
  const { admin } = await service
  const { body } = await admin('GET', `/sessions?connection=${connectionId}`)
  return body.items.map((one: { sid: string }) => one.sid)
}

test('signing in again ends the session before it: here at once, elsewhere within five seconds, and the feed says so', async t => {
  const { app, clock, db, databaseUrl } = await service
  const elsewhere = testApp(t, { databaseUrl })
  const replica = await elsewhere
  replica.clock.now = clock.now
  const [connection, other] = [await connect(app, idp), await connect(app, idp, { tenant: 'globex' })]
  for (const [who, where] of [
    ['alice', connection],
    ['bob', connection],
    ['carol', other],
  ] as const) {
    const browser = openBrowser(app)
    await logIn(browser, idp, connection, { now: clock.now.getTime() })
    const [sid] = await sidsIn(connection.id)
    const old = former(browser)
    t.same([await old(), await old(elsewhere)], [200, 200])
    const again = await logIn(browser, idp, where, { nameId: who, now: clock.now.getTime() })
    t.equal(again.statusCode, 303)
    t.equal(await old(), 401, `${who}: at once here`)
    clock.now = new Date(clock.now.getTime() + 5_000)
    replica.clock.now = clock.now
    t.equal(await old(elsewhere), 401, 'elsewhere')
    t.equal((await browser.get('/gateway/verify')).statusCode, 200)
    t.equal((await db.query('select 1 from ended_sessions where sid = $1', [sid])).length, 1)
    await browser.get('/logout')
    t.same([await sidsIn(connection.id), await sidsIn(other.id)], [[], []], 'leaving leaves nothing behind')
  }
})

test('what a client was granted in the session before ends with it, as however a session ends', async t => {
  const { app } = await service
  const [connection, client] = [await connect(app, idp), await register(app)]
  const browser = openBrowser(app)
  const url = (more = {}) => requestUrl(client, { connection: connection.id, ...more })
  const { code } = told(client, await passProvider(browser, idp, connection, await browser.get(url())))
  const form = { client_id: client.id, redirect_uri: client.redirectUri, code_verifier: verifier }
  const tokens = await postForm(app, '/token', { ...form, grant_type: 'authorization_code', code })
  t.equal(tokens.status, 200)
  const old = former(browser)
  const anew = await passProvider(browser, idp, connection, await browser.get(url({ prompt: 'login' })))
  t.ok(told(client, anew)['code'])
  t.equal(await old(), 401, 'a login that began at /authorize knows the session too')
  const { refresh_token } = tokens.body
  const refreshed = await postForm(app, '/token', { client_id: client.id, grant_type: 'refresh_token', refresh_token })
  t.match(refreshed.body, { error: 'invalid_grant' })
})

test('only the browser that began the login leaves a session, and only when it comes in', async t => {
  const { app } = await service
  const connection = await connect(app, idp, { allow_idp_initiated: true })
  const [alice, mallory] = [openBrowser(app), openBrowser(app)]
  await logIn(alice, idp, connection)
  await logIn(mallory, idp, connection, { nameId: 'mallory' })
  const old = former(alice)
  const spoilt = await logIn(alice, idp, connection, { audience: 'https://other.example' })
  t.equal(spoilt.statusCode, 403)
  const login = await begin(alice, connection.id)
  const good = respond(idp, connection, login.requestId)
  t.match(await whyRefused(app, await deliver(mallory, connection, good, login.relayState)), {
    code: 'login_other_browser',
  })
  t.equal((await logIn(mallory, idp, connection, { nameId: 'mallory' })).statusCode, 303)
  const unsolicited = await deliver(openBrowser(app), connection, respond(idp, connection, null), '')
  t.equal(unsolicited.statusCode, 303)
  t.equal(await old(), 200, 'hers goes on')
  t.equal((await deliver(alice, connection, good, login.relayState)).statusCode, 303)
  t.equal(await old(), 401)
})

test('an assertion that comes a second time ends no session', async t => {
  const { app } = await service
  const connection = await connect(app, idp)
  const browser = openBrowser(app)
  const login = await begin(browser, connection.id)
  const good = respond(idp, connection, login.requestId)
  await deliver(browser, connection, good, login.relayState)
  await begin(browser, connection.id)
  t.equal((await deliver(browser, connection, good, login.relayState)).statusCode, 403)
  t.equal((await browser.get('/gateway/verify')).statusCode, 200)
})

test('a login costs three statements, the end of the session before it and the first question of a gateway included', async t => {
  const wire = through()
  const { app } = await testApp(t, { through: wire.db })
  const connection = await connect(app, idp)
  const browser = openBrowser(app)
  await logIn(browser, idp, connection)
  await browser.get('/gateway/verify')
  await wire.quiet()
  const before = wire.statements.length
  t.equal((await logIn(browser, idp, connection)).statusCode, 303)
  t.equal((await browser.get('/gateway/verify')).statusCode, 200)
  const made = wire.statements.slice(before).filter(text => !text.includes('signing_keys'))
  t.equal(made.length, 3, made.join('\n\n'))
  t.equal(made.filter(text => text.includes('delete from sessions')).length, 1)
})

test('a session that is ended before its login has heard of it is not remembered', async t => {
  let meanwhile = async (): Promise<unknown> => undefined
  const { app, admin } = await testApp(t, {
    through: real => ({
      ...real,
      query: async (text, values) => {
        const rows = await real.query(text, values)
        if (text.includes('insert into sessions')) await meanwhile()
        return rows as never
      },
    }),
  })
  const connection = await connect(app, idp)
  const [ended, kept] = [openBrowser(app), openBrowser(app)]
  // Memory has just been found to be true: nothing is asked again.
  for (const _ of [1, 2]) await logIn(kept, idp, connection)
  t.equal((await kept.get('/gateway/verify')).statusCode, 200)
  meanwhile = () => admin('DELETE', `/sessions?connection=${connection.id}`)
  t.equal((await logIn(ended, idp, connection)).statusCode, 303)
  t.equal((await ended.get('/gateway/verify')).statusCode, 401)
  t.equal((await kept.get('/gateway/verify')).statusCode, 401)
})
