// The code flow under bad hands: who is sent where, who gets a code, and that each secret counts once, for one client, for one session.

import { createHash } from 'node:crypto'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import { t as root, type Test, test } from 'tap'
import { purge } from '../../src/purge.ts'
import { testApp } from '../support/app.ts'
import { begin, connect, deliver, openBrowser, whyRefused } from '../support/browser.ts'
import { instant, type Parts, respond, testIdp } from '../support/idp.ts'
import {
  challenge,
  passProvider,
  postForm,
  readRequest,
  redeem,
  refresh,
  register,
  requestUrl,
  type TestClient,
  told,
  verifier,
} from '../support/oauth.ts'

const service = testApp(root)
const idp = testIdp()

// A client, a connection of its own, a browser, and what it takes to sign in.
async function scene(more: object = {}, change: Partial<Parts> = {}) {
  const { app } = await service
  const connection = await connect(app, idp)
  const client = await register(app, { connections: [connection.id], ...more })
  const browser = openBrowser(app)
  const ask = (query: Record<string, string | undefined> = {}, at = client) => browser.get(requestUrl(at, query))
  const signIn = async (query: Record<string, string | undefined> = {}) =>
    told(client, await passProvider(browser, idp, connection, await ask(query), change))
  return { app, connection, client, browser, ask, signIn }
}

async function tokensOf(t: Test, { app, client, signIn }: Awaited<ReturnType<typeof scene>>) {
  const { code } = await signIn()
  const { status, body } = await redeem(app, client, code)
  t.equal(status, 200)
  return body as { access_token: string; id_token: string; refresh_token: string; expires_in: number; scope: string }
}

// A confidential client that may ask about every token: its audience is that of another.
async function watcher(client: TestClient) {
  const { app } = await service
  const { id, secret } = await register(app, { confidential: true, audience: `https://api.${client.id}.example` })
  return async (token: string) =>
    (await postForm(app, '/introspect', { token, client_id: id, client_secret: secret })).body
}

test('nobody is sent to an address that is not the client’s own, byte for byte', async t => {
  const { ask, client } = await scene()
  const wrong = [
    `${client.redirectUri}/`,
    `${client.redirectUri}?x`,
    client.redirectUri.replace('https:', 'http:'),
    client.redirectUri.toUpperCase(),
    `${client.redirectUri}@evil.example`,
    `${client.redirectUri}%2f..%2fevil`,
    'https://evil.example/cb',
    '//evil.example',
    '/cb',
    'javascript:alert(1)',
    '',
  ]
  for (const redirect_uri of wrong) {
    const answer = await ask({ redirect_uri })
    t.match(answer.json(), { status: 400, code: 'redirect_uri_not_allowed' }, redirect_uri)
    t.notOk(answer.headers.location)
  }
  t.match((await ask({ redirect_uri: undefined })).json(), { code: 'invalid_request' })
  t.match((await ask({ client_id: 'nobody' })).json(), { status: 400, code: 'client_not_found' })
  const { browser } = await scene()
  t.equal((await browser.get(`${requestUrl(client)}&redirect_uri=https%3A%2F%2Fevil.example`)).statusCode, 400)
  t.equal((await browser.get(`${requestUrl(client)}&state=b`)).statusCode, 400, 'nothing comes twice')
})

test('a native client may name its port on a loopback address, and nothing else', async t => {
  const { ask, client } = await scene({
    redirect_uris: ['http://127.0.0.1/cb', 'http://[::1]:9/cb', 'https://a.example/?b'],
  })
  for (const redirect_uri of ['http://127.0.0.1:51234/cb', 'http://127.0.0.1/cb', 'http://[::1]:9/cb'])
    t.equal((await ask({ redirect_uri })).statusCode, 302, redirect_uri)
  for (const redirect_uri of [
    'http://127.0.0.1:51234/other',
    'http://127.0.0.2:1/cb',
    'http://localhost:1/cb',
    'http://[::1]:10/cb',
    'http://127.0.0.1:1@evil.example/cb',
    'http://127.0.0.1:123456/cb',
  ])
    t.match((await ask({ redirect_uri })).json(), { code: 'redirect_uri_not_allowed' }, redirect_uri)
  const { location } = (await ask({ redirect_uri: 'https://a.example/?b', prompt: 'none' })).headers
  t.match(location, 'https://a.example/?b&error=login_required&', 'a query of its own is kept')
  const closed = await scene({ redirect_uris: ['http://127.0.0.1/cb'], confidential: true })
  t.equal((await closed.ask({ redirect_uri: 'http://127.0.0.1:51234/cb' })).statusCode, 400)
  t.equal((await ask({ redirect_uri: client.redirectUri })).statusCode, 400)
})

test('what is wrong with a request is told to the client, with its state and our issuer', async t => {
  const { ask, client } = await scene()
  const wrong: [Record<string, string | undefined>, string][] = [
    [{ response_type: undefined }, 'invalid_request'],
    [{ response_type: 'token' }, 'unsupported_response_type'],
    [{ response_type: 'code id_token' }, 'unsupported_response_type'],
    [{ response_mode: 'fragment' }, 'invalid_request'],
    [{ response_mode: 'form_post' }, 'invalid_request'],
    [{ code_challenge: undefined, code_challenge_method: undefined }, 'invalid_request'],
    [{ code_challenge_method: 'plain' }, 'invalid_request'],
    [{ code_challenge_method: undefined }, 'invalid_request'],
    [{ code_challenge_method: 's256' }, 'invalid_request'],
    [{ code_challenge: `${challenge}=` }, 'invalid_request'],
    [{ prompt: 'none login' }, 'invalid_request'],
    [{ prompt: 'create' }, 'invalid_request'],
    [{ max_age: '-1' }, 'invalid_request'],
    [{ request: 'e30.e30.' }, 'request_not_supported'],
    [{ request_uri: 'https://evil.example/r' }, 'request_uri_not_supported'],
    [{ connection: 'nobody12345' }, 'invalid_request'],
    [{ nonce: '\0' }, 'invalid_request'],
    [{ tenant: '\0' }, 'invalid_request'],
  ]
  for (const [change, error] of wrong)
    t.match(
      told(client, await ask(change)),
      { error, state: 's & é', iss: 'https://sso.example' },
      JSON.stringify(change),
    )
})

test('a request lives with the login: the provider’s RelayState names it and holds nothing of it', async t => {
  const { app, db } = await service
  const { ask, client, connection, browser } = await scene()
  const { relayState, requestId } = readRequest(await ask())
  t.match(relayState, /^[\w-]{32}$/)
  const [row] = await db.query<{ r: object }>(`select oauth_request as r from logins where request_id = $1`, [
    requestId,
  ])
  t.match(row?.r, { redirect_uri: client.redirectUri, state: 's & é', nonce: 'n-1', code_challenge: challenge })
  const stolen = await deliver(openBrowser(app), connection, respond(idp, connection, requestId), relayState)
  t.match(await whyRefused(app, stolen), { code: 'login_other_browser' })
  const page = await browser.post(
    `/saml/${connection.id}/acs`,
    { SAMLResponse: respond(idp, connection, requestId, { audience: 'x' }), RelayState: relayState },
    { accept: 'text/html' },
  )
  t.equal(page.statusCode, 403, 'a refusal stays here, with its reference')
  const again = /href="(\/authorize[^"]+)"/.exec(page.body)?.[1]?.replaceAll('&amp;', '&') ?? ''
  const answer = await passProvider(browser, idp, connection, await browser.get(again))
  const { code, state } = told(client, answer)
  t.equal(state, 's & é', 'trying again asks the same again')
  t.match(await redeem(app, client, code), { status: 200 })
})

test('the tokens say who it is: an ID token for the client, an access token for its audience', async t => {
  const scene1 = await scene()
  const { app, client, connection } = scene1
  const answer = await redeem(app, client, (await scene1.signIn({ scope: 'openid email unknown' })).code)
  t.match(answer.headers, { 'cache-control': 'no-store', pragma: 'no-cache' })
  t.match(answer.body, { token_type: 'Bearer', expires_in: 300, scope: 'openid email' })
  t.notOk('refresh_token' in answer.body, 'only with offline_access')
  const id = decodeJwt(answer.body.id_token)
  t.match(id, { iss: 'https://sso.example', aud: client.id, nonce: 'n-1', email: 'alice@acme.example', tenant: 'acme' })
  t.match(id, { acr: /PasswordProtectedTransport/, auth_time: Number, sid: /^[\w-]{22}$/, connection: connection.id })
  t.notOk('groups' in id)
  t.equal(decodeProtectedHeader(answer.body.id_token).typ, 'JWT')
  const access = decodeJwt(answer.body.access_token)
  t.match(access, { aud: `https://api.${client.id}.example`, sub: id.sub, sid: id['sid'], client_id: client.id })
  t.match(access, { groups: ['staff', 'admins'], scope: 'openid email' })
  t.notOk('nonce' in access)
  t.equal(decodeProtectedHeader(answer.body.access_token).typ, 'at+jwt')
  const bare = await scene1.ask({ scope: undefined })
  const plain = await redeem(app, client, told(client, bare).code)
  t.notOk('id_token' in plain.body, 'without openid there is no ID token')
  t.equal(plain.body.scope, '')
})

test('a code counts once: of twenty at once one wins, and what came of it is revoked', async t => {
  const { app, client, signIn, ask } = await scene()
  const look = await watcher(client)
  const { code } = await signIn()
  const answers = await Promise.all(Array.from({ length: 20 }, () => redeem(app, client, code)))
  const won = answers.filter(one => one.status === 200)
  t.equal(won.length, 1)
  t.equal(answers.filter(one => one.body.error === 'invalid_grant').length, 19)
  t.same(await look(won[0]?.body.access_token), { active: false })
  t.match(await refresh(app, client, won[0]?.body.refresh_token), { status: 400, body: { error: 'invalid_grant' } })
  t.ok(told(client, await ask({ prompt: 'none' })).code, 'the session itself goes on')
})

test('a code is bound to client, address and verifier; who fails does not use it up', async t => {
  const { app, client, signIn } = await scene()
  const { db } = await service
  const other = await register(app, { redirect_uris: [client.redirectUri] })
  const secret = await register(app, { confidential: true, redirect_uris: [client.redirectUri] })
  const { code = '' } = await signIn()
  t.match(code, /^[\w-]{43}$/)
  const kept = await db.query<{ row: string }>('select oauth_grants::text as row from oauth_grants')
  t.notMatch(JSON.stringify(kept), code)
  const wrong: [string, Record<string, string | undefined>][] = [
    ['other client', { client_id: other.id }],
    ['confidential client', { client_id: secret.id, client_secret: secret.secret }],
    ['other address', { redirect_uri: `${client.redirectUri}/` }],
    ['no address', { redirect_uri: undefined }],
    ['wrong verifier', { code_verifier: `${verifier}x` }],
    ['no verifier', { code_verifier: undefined }],
    ['the challenge as verifier', { code_verifier: challenge }],
    ['short verifier', { code_verifier: verifier.slice(0, 42) }],
    ['changed code', { code: `${code.slice(0, -2)}AA` }],
  ]
  for (const [name, change] of wrong)
    t.match(await redeem(app, client, code, change), { status: 400, body: { error: 'invalid_grant' } }, name)
  t.match(await redeem(app, client, code, { grant_type: 'password' }), { body: { error: 'unsupported_grant_type' } })
  t.match(await redeem(app, client, undefined), { status: 400, body: { error: 'invalid_request' } })
  t.equal((await redeem(app, client, code)).status, 200, 'the control comes in')
  const later = (await signIn({ prompt: 'select_account' })).code
  await (await service).admin('PATCH', `/clients/${client.id}`, { redirect_uris: [] })
  t.match(await redeem(app, client, later), { body: { error: 'invalid_grant' } }, 'an address that was taken back')
})

test('a confidential client may do without PKCE, but then nobody brings a verifier', async t => {
  const { app, client, signIn } = await scene({ confidential: true })
  const without = { code_challenge: undefined, code_challenge_method: undefined }
  const { code } = await signIn(without)
  t.match(await redeem(app, client, code), { body: { error: 'invalid_grant' } })
  t.equal((await redeem(app, client, code, { code_verifier: undefined })).status, 200)
})

test('refresh tokens change with every use; one that comes again ends its session', async t => {
  const own = await scene()
  const { app, client, ask } = own
  const look = await watcher(client)
  const first = await tokensOf(t, own)
  const second = await refresh(app, client, first.refresh_token)
  t.equal(second.status, 200)
  t.match(decodeJwt(second.body.id_token), { sub: decodeJwt(first.id_token).sub, nonce: undefined })
  t.match(await look(second.body.access_token), { active: true, scope: 'openid offline_access' })
  const narrow = await refresh(app, client, second.body.refresh_token, { scope: 'offline_access' })
  t.match(narrow.body, { scope: 'offline_access', id_token: undefined })
  t.match(await refresh(app, client, narrow.body.refresh_token, { scope: 'openid groups' }), {
    body: { error: 'invalid_scope' },
  })
  t.match(await refresh(app, client, first.refresh_token), { status: 400, body: { error: 'invalid_grant' } })
  t.match(await refresh(app, client, narrow.body.refresh_token), { body: { error: 'invalid_grant' } })
  t.same(await look(second.body.access_token), { active: false })
  t.match(told(client, await ask({ prompt: 'none' })), { error: 'login_required' })
  const { log } = await service
  const lines = log.filter(line => line.includes('"secret":"refresh token"') && line.includes(client.id))
  t.equal(lines.length, 1, 'the operator is told once')
})

test('of twenty that refresh at once one wins, and the session is over', async t => {
  const own = await scene()
  const { app, client, ask } = own
  const { refresh_token } = await tokensOf(t, own)
  const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(app, client, refresh_token)))
  t.equal(answers.filter(one => one.status === 200).length, 1)
  t.equal(answers.filter(one => one.body.error === 'invalid_grant').length, 19)
  t.match(told(client, await ask({ prompt: 'none' })), { error: 'login_required' })
})

test('a refresh token of another client is not taken, and harms nobody', async t => {
  const own = await scene()
  const { app, client } = own
  const { refresh_token } = await tokensOf(t, own)
  const other = await register(app)
  t.match(await refresh(app, other, refresh_token), { body: { error: 'invalid_grant' } })
  t.match(await postForm(app, '/revoke', { token: refresh_token, client_id: other.id }), { status: 403 })
  t.equal((await refresh(app, client, refresh_token)).status, 200)
})

test('no code and no refresh token outlives its time, session, connection or client', async t => {
  const { app, admin, db, clock } = await testApp(t)
  const connection = await connect(app, idp)
  const client = await register(app)
  const signIn = async (change: Partial<Parts> = {}, browser = openBrowser(app)) => {
    const started = await browser.get(requestUrl(client, { prompt: 'select_account' }))
    return told(client, await passProvider(browser, idp, connection, started, { now: clock.now.getTime(), ...change }))
  }
  const dead = async (why: string, answer: Promise<{ body: { error?: string } }>) =>
    t.equal((await answer).body.error, 'invalid_grant', why)
  const later = (seconds: number) => {
    clock.now = new Date(clock.now.getTime() + seconds * 1000)
  }
  const late = await signIn()
  later(60)
  await dead('the code is over', redeem(app, client, late.code))

  const short = await signIn({ sessionNotOnOrAfter: instant(clock.now.getTime() + 600_000) })
  const tokens = (await redeem(app, client, short.code)).body
  later(480)
  const next = (await refresh(app, client, tokens.refresh_token)).body
  t.match(next, { expires_in: 300 })
  later(180)
  const last = (await refresh(app, client, next.refresh_token)).body
  t.equal(last.expires_in, 120, 'a token ends with the session: SessionNotOnOrAfter and the skew of clocks')
  later(121)
  await dead('SessionNotOnOrAfter', refresh(app, client, last.refresh_token))
  t.equal((await purge(db, clock.now)) > 0, true)
  t.same(await db.query('select count(*)::int as n from oauth_grants'), [{ n: 0 }])

  const idle = (await redeem(app, client, (await signIn()).code)).body
  later(3_601)
  await dead('nobody was here', refresh(app, client, idle.refresh_token))

  const [off, code] = [(await redeem(app, client, (await signIn()).code)).body, (await signIn()).code]
  await admin('PATCH', `/connections/${connection.id}`, { enabled: false })
  await dead('connection off: refresh', refresh(app, client, off.refresh_token))
  await dead('connection off: code', redeem(app, client, code))
  t.match(
    (await app.inject({ url: '/userinfo', headers: { authorization: `Bearer ${off.access_token}` } })).statusCode,
    401,
  )
  await admin('PATCH', `/connections/${connection.id}`, { enabled: true })
  await dead('its sessions do not come back with a connection', refresh(app, client, off.refresh_token))
  const on = (await redeem(app, client, (await signIn()).code)).body
  await admin('PATCH', `/clients/${client.id}`, { connections: ['another12345'] })
  await dead('connection not accepted any more', refresh(app, client, on.refresh_token))
  await admin('PATCH', `/clients/${client.id}`, { connections: [] })
  const kept = (await refresh(app, client, on.refresh_token)).body
  const leaving = openBrowser(app)
  await signIn({}, leaving)
  await leaving.get('/logout')
  t.equal((await refresh(app, client, kept.refresh_token)).status, 200, 'another session than the one that ended')
  await admin('DELETE', `/connections/${connection.id}`)
  await dead('connection removed', refresh(app, client, kept.refresh_token))
  await admin('DELETE', `/clients/${client.id}`)
  t.match(await refresh(app, client, kept.refresh_token), { status: 401, body: { error: 'invalid_client' } })
})

test('a session that is left ends its codes and refresh tokens', async t => {
  const own = await scene()
  const { app, client, browser, ask } = own
  const { refresh_token, access_token } = await tokensOf(t, own)
  const { code } = told(client, await ask())
  const look = await watcher(client)
  t.match(await look(access_token), { active: true })
  await browser.get('/logout')
  t.match(await redeem(app, client, code), { body: { error: 'invalid_grant' } })
  t.match(await refresh(app, client, refresh_token), { body: { error: 'invalid_grant' } })
  t.same(await look(access_token), { active: false })
})

test('prompt=none never shows a page: a code where the session fits, else login_required', async t => {
  const own = await scene()
  const { app, client, ask, connection, browser, signIn } = own
  const none = async (change: Record<string, string> = {}) => told(client, await ask({ prompt: 'none', ...change }))
  t.match(await none(), { error: 'login_required', state: 's & é', iss: 'https://sso.example' })
  const { id_token } = (await redeem(app, client, (await signIn()).code)).body
  const elsewhere = await connect(app, idp, { tenant: 'globex', domains: ['globex.example'] })
  const fits = [
    ...[{}, { connection: connection.id }, { tenant: 'acme' }, { login_hint: 'ALICE@acme.example' }],
    ...[{ login_hint: 'an-opaque-hint' }, { id_token_hint: id_token }, { max_age: '3600' }],
  ]
  for (const hints of fits) t.ok((await none(hints)).code, JSON.stringify(hints))
  const unfit = [
    ...[{ connection: elsewhere.id }, { tenant: 'globex' }, { login_hint: 'bob@acme.example' }],
    ...[{ domain_hint: 'globex.example' }, { id_token_hint: `${id_token}x` }, { max_age: '0' }],
  ]
  for (const hints of unfit) t.equal((await none(hints)).error, 'login_required', JSON.stringify(hints))
  const stranger = await register(app, { connections: [elsewhere.id] })
  t.equal(told(stranger, await browser.get(requestUrl(stranger, { prompt: 'none' }))).error, 'login_required')
})

test('a new sign-in is asked of the provider, and a provider that did not ask again does not pass for it', async t => {
  const { app, clock } = await service
  t.teardown(() => {
    clock.now = new Date()
  })
  const connection = await connect(app, idp)
  const client = await register(app, { connections: [connection.id] })
  const browser = openBrowser(app)
  const signIn = async (query: Record<string, string>, seconds: number, age: number) => {
    const started = await browser.get(requestUrl(client, query))
    const { xml } = readRequest(started)
    clock.now = new Date(clock.now.getTime() + seconds * 1000)
    const now = clock.now.getTime()
    const authnStatement =
      `<saml:AuthnStatement AuthnInstant="${instant(now - age * 1000)}" SessionIndex="i"><saml:AuthnContext>` +
      '<saml:AuthnContextClassRef>urn:x</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>'
    const answer = told(client, await passProvider(browser, idp, connection, started, { now, authnStatement }))
    return { ...answer, forced: xml.includes('ForceAuthn="true"') }
  }
  t.match(await signIn({}, 10, 7200), { code: String, forced: false }, 'an old session there is good enough')
  t.equal((await browser.get(requestUrl(client))).statusCode, 303, 'and so is ours')
  t.match(await signIn({ prompt: 'login' }, 10, 7200), { error: 'login_required', forced: true })
  t.match(await signIn({ prompt: 'login' }, 10, 60), { error: 'login_required', forced: true })
  t.match(await signIn({ prompt: 'login' }, 10, 9), { code: String, forced: true })
  t.match(await signIn({ max_age: '0' }, 10, 60), { error: 'login_required', forced: true })
  t.match(await signIn({ max_age: '5' }, 10, 60), { error: 'login_required', forced: true })
  clock.now = new Date(clock.now.getTime() + 3600_000)
  t.match(await signIn({ max_age: '600' }, 10, 300), { code: String, forced: true }, 'it did sign in lately')
  t.equal((await browser.get(requestUrl(client, { max_age: '600' }))).statusCode, 303)
  clock.now = new Date(clock.now.getTime() + 600_000)
  t.equal((await browser.get(requestUrl(client, { max_age: '600' }))).statusCode, 302)
})

test('hints find the provider as at /login; several give a choice, none the question for the address', async t => {
  const { app, admin } = await testApp(t)
  const browser = openBrowser(app)
  const client = await register(app)
  const html = { accept: 'text/html' }
  const ask = (query: Record<string, string> = {}) => browser.get(requestUrl(client, query), html)
  const first = await connect(app, idp, { domains: ['acme.example'] })
  t.equal((await ask({ login_hint: 'a@unknown.example' })).statusCode, 302, 'the only one there is')
  const second = await connect(app, idp, { name: 'Acme <B>', domains: ['acme.example', 'b.example'] })
  t.equal((await ask({ login_hint: 'a@b.example' })).statusCode, 302)
  t.equal((await ask({ domain_hint: 'b.example' })).statusCode, 302)
  const choice = await ask({ tenant: 'acme', prompt: 'login' })
  const links = [...choice.body.matchAll(/href="(\/authorize[^"]+)"/g)].map(([, url = '']) =>
    url.replaceAll('&amp;', '&'),
  )
  t.same(
    links.map(url => new URLSearchParams(url.split('?')[1]).get('connection')).sort(),
    [first.id, second.id].sort(),
  )
  const chosen = await browser.get(links[0] ?? '')
  t.match(readRequest(chosen).xml, 'ForceAuthn="true"')
  const question = await ask()
  t.equal(question.statusCode, 200)
  t.match(question.body, /action="\/authorize"/)
  t.match(question.body, `name="code_challenge" value="${challenge}"`)
  t.equal((await ask({ email: 'a@nobody.example' })).statusCode, 404)
  t.equal((await ask({ email: 'a@b.example' })).statusCode, 302)
  await admin('PATCH', `/connections/${second.id}`, { enabled: false })
  t.match(told(client, await ask({ connection: second.id })), { error: 'access_denied' })
  await admin('PATCH', `/clients/${client.id}`, { connections: [second.id] })
  t.match(told(client, await ask({ connection: first.id })), { error: 'access_denied' })
})

test('no log holds a code, a token, a verifier or a secret', async t => {
  const own = await scene({ confidential: true })
  const { app, client, signIn } = own
  const { code = '' } = await signIn()
  const { body } = await redeem(app, client, code)
  await postForm(app, '/introspect', { token: body.access_token, client_id: client.id, client_secret: client.secret })
  const log = (await service).log.join('')
  const secrets = [code, body.access_token, body.refresh_token, body.id_token, verifier, client.secret ?? '', challenge]
  for (const secret of secrets) t.notOk(log.includes(secret))
  t.notOk(log.includes(createHash('sha256').update(code).digest('base64url')))
  t.ok(log.includes('/token'), 'it does hold what was asked')
  const { id } = await connect(app, idp)
  t.equal((await begin(openBrowser(app), id)).relayState.length, 32)
})
