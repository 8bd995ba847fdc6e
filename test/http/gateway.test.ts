import { type AddressInfo, connect as connectTo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import { t as root, test } from 'tap'
import { testApp } from '../support/app.ts'
import { connect, logIn, openBrowser } from '../support/browser.ts'
import { instant, testIdp } from '../support/idp.ts'

// One service for all tests that do not need one of their own.
const service = testApp(root)

const idp = testIdp()
const tokenOf = (answer: { headers: Record<string, unknown> }) =>
  String(answer.headers['authorization']).replace('Bearer ', '')

test('nobody signed in: 401 with the way to sign in, or a redirect there', async t => {
  const { app } = await testApp(t, { settings: { TRUSTED_PROXIES: '127.0.0.0/8' } })
  const bare = await app.inject('/gateway/verify')
  t.equal(bare.statusCode, 401)
  t.equal(bare.headers['x-auth-login'], 'https://sso.example/login?client=default')
  t.match(bare.json(), { code: 'no_session' })
  const headers = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'app.example', 'x-forwarded-uri': '/a?b=1' }
  const sent = await app.inject({ url: '/gateway/verify?mode=redirect', headers })
  t.equal(sent.statusCode, 302)
  t.equal(new URL(String(sent.headers.location)).searchParams.get('return_to'), 'https://app.example/a?b=1')
  t.equal((await app.inject('/gateway/verify?mode=other')).statusCode, 400)
  t.equal((await app.inject('/gateway/verify?client=nobody')).statusCode, 400)
})

test('what a stranger says of the original address is not believed', async t => {
  const { app } = await service
  const headers = {
    'x-original-url': 'https://evil.example/',
    'x-forwarded-host': 'evil.example',
    'x-forwarded-proto': 'https',
    host: 'evil.example',
  }
  const answer = await app.inject({ url: '/gateway/verify', headers })
  t.equal(answer.headers['x-auth-login'], 'https://sso.example/login?client=default')
})

test('mode=page: who asks for a page is led to the sign-in, a program is told 401', async t => {
  const { app } = await service
  const asked = async (accept?: string) => {
    const { statusCode, headers } = await app.inject({
      url: '/gateway/verify?mode=page',
      headers: accept ? { accept } : {},
    })
    return { statusCode, login: headers.location ?? headers['x-auth-login'] }
  }
  const login = 'https://sso.example/login?client=default'
  t.same(await asked('text/html,application/xhtml+xml,*/*;q=0.8'), { statusCode: 302, login })
  for (const accept of ['application/json', '*/*', undefined]) t.same(await asked(accept), { statusCode: 401, login })
})

test('a gateway that appends path and query and keeps the method gets the same verdict', async t => {
  const { app, admin } = await testApp(t, { settings: { TRUSTED_PROXIES: '127.0.0.1' } })
  await admin('POST', '/clients', { client_id: 'app', name: 'App', audience: 'https://api.example' })
  const headers = { host: 'app.example', 'x-forwarded-proto': 'https', accept: 'text/html' }
  const url = '/gateway/verify/app/orders/%2F//7?client=x&mode=status'
  for (const method of ['GET', 'POST', 'DELETE', 'OPTIONS'] as const) {
    const { statusCode, headers: answer } = await app.inject({ method, url, headers })
    const login = new URL(String(answer.location))
    t.equal(statusCode, 302, method)
    t.same(Object.fromEntries(login.searchParams), {
      client: 'app',
      return_to: 'https://app.example/orders/%2F//7?client=x&mode=status',
    })
  }
  const stranger = await app.inject({ url, headers, remoteAddress: '10.0.0.1' })
  t.equal(stranger.headers.location, 'https://sso.example/login?client=app')
  t.equal((await app.inject({ url: '/gateway/verify/nobody/', headers })).statusCode, 400)
  const browser = openBrowser(app)
  await logIn(browser, idp, await connect(app, idp))
  const { statusCode, headers: answer } = await browser.post('/gateway/verify/app/orders', {})
  t.equal(statusCode, 200)
  t.match(decodeJwt(tokenOf({ headers: answer })), { aud: 'https://api.example' })
})

// Bytes over a socket, as no HTTP client would send them; the status line and headers that come back.
async function bare(app: FastifyInstance, head: string, body = ''): Promise<string> {
  if (!app.server.listening) await app.listen({ port: 0, host: '127.0.0.1' })
  const socket = connectTo((app.server.address() as AddressInfo).port, '127.0.0.1')
  socket.write(`${head}\r\nHost: app.example\r\nX-Forwarded-Proto: https\r\nConnection: close\r\n\r\n${body}`, 'latin1')
  let answer = ''
  for await (const chunk of socket) answer += chunk
  return answer
}

test('the door for whole requests takes any of them and reads no body; no other door does', async t => {
  const { app, admin } = await testApp(t, { settings: { TRUSTED_PROXIES: '127.0.0.1' } })
  await admin('POST', '/clients', { client_id: 'app', name: 'App', audience: 'https://api.example' })
  const status = async (line: string, body?: string) =>
    Number((await bare(app, line.includes('HTTP/1.1') ? line : `${line} HTTP/1.1`, body)).slice(9, 12))
  const door = '/gateway/verify/app'
  for (const method of ['GET', 'HEAD', 'QUERY', 'PROPFIND', 'MKCOL', 'LOCK', 'REPORT', 'TRACE', 'M-SEARCH', 'PURGE']) {
    t.equal(await status(`${method} ${door}/dav`), 401, method)
    const elsewhere = { GET: 401, HEAD: 401, QUERY: 400 }[method] ?? 404
    t.equal(await status(`${method} /gateway/verify`), elsewhere, `${method} at the other door`)
  }
  for (const path of ['/caf%E9', '/%', '/%zz%ff', '/%C0%AF/..//', '/?q=%&%FF', `/${'a/'.repeat(3_000)}`])
    t.equal(await status(`GET ${door}${path}`), 401, path.slice(0, 20))
  t.equal(await status('GET /login/%zz'), 400)
  t.equal(await status('GET /gateway/verify/%zz/'), 400, 'the client is no part of what a browser sent')
  const sent = (type: string) => `HTTP/1.1\r\nContent-Type: ${type}\r\nContent-Length: `
  for (const type of [
    'application/json',
    'text/xml',
    'no type at all',
    'multipart/form-data',
    'text/plain; charset=x',
  ]) {
    t.equal(await status(`POST ${door}/a ${sent(type)}5`, '{"__p'), 401, type)
    t.equal(await status(`PUT ${door}/a ${sent(type)}9999999`), 401, `${type}: none of it is waited for`)
  }
  t.equal(await status(`POST /token ${sent('text/xml')}5`, '{"__p'), 415)
  const html = await bare(app, `PROPFIND ${door}/caf%E9/%zz?a=%& HTTP/1.1\r\nAccept: text/html`)
  const [, login = ''] = /^location: (.*)\r$/im.exec(html) ?? []
  t.equal(new URL(login).searchParams.get('return_to'), 'https://app.example/caf%E9/%zz?a=%&')
})

test('the way back is one that the sign-in takes, whatever was asked for', async t => {
  const { app } = await testApp(t, { settings: { TRUSTED_PROXIES: '127.0.0.1' } })
  const returnTo = async (original: string) => {
    const { headers } = await app.inject({ url: '/gateway/verify', headers: { 'x-original-url': original } })
    return new URL(String(headers['x-auth-login'])).searchParams.get('return_to')
  }
  const app1 = 'https://app.example'
  t.equal(await returnTo(`${app1}/a%20b?q={x}|y^z&r=%00`), `${app1}/a%20b?q={x}|y^z&r=%00`)
  t.equal(await returnTo(`${app1}/?q=a\\b c\u00c3\u00a9`), `${app1}/?q=a%5Cb%20c%C3%A9`)
  t.equal(await returnTo(`${app1}/long?q=${'x'.repeat(2048)}`), `${app1}/long`)
  t.equal(await returnTo(`${app1}/${'x'.repeat(2048)}`), null)
})

test('public documents are the same, whatever a proxy says of host and address', async t => {
  const { app } = await testApp(t, { settings: { TRUSTED_PROXIES: '127.0.0.1' } })
  const evil = { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'http' }
  const headers = { ...evil, 'x-original-url': 'https://evil.example/', forwarded: 'host=evil.example' }
  for (const name of ['jwks.json', 'openid-configuration', 'oauth-authorization-server']) {
    const url = `/.well-known/${name}`
    const [plain, told] = [await app.inject(url), await app.inject({ url, headers })]
    t.equal(told.body, plain.body, name)
    t.equal(told.headers.etag, plain.headers.etag, name)
    t.notMatch(JSON.stringify(told.headers), /evil/, name)
  }
})

test('the headers name the person, in visible ASCII whatever the identity provider sent', async t => {
  const { app } = await service
  const roles = [{ if: { groups: ['ä'] }, grant: ['léader', 'a,b'] }]
  const connection = await connect(app, idp, { roles })
  const browser = openBrowser(app)
  await logIn(browser, idp, connection, { attributes: { email: ['josé%@acme.example'], groups: ['ä'] } })
  const { headers } = await browser.get('/gateway/verify')
  t.equal(headers['x-auth-email'], 'jos%C3%A9%25@acme.example')
  t.equal(headers['x-auth-roles'], 'l%C3%A9ader,a%2Cb')
  t.equal(headers['x-auth-tenant'], 'acme')
  t.match(decodeJwt(tokenOf({ headers })), { email: 'josé%@acme.example', roles: ['léader', 'a,b'] })
})

test('an e-mail address or roles too long for a header are left out whole, which is said; the token has them', async t => {
  const { app } = await service
  const role = (at: number) => `${'ä'.repeat(33)}${at}`
  const roles = [{ if: { groups: ['all'] }, grant: Array.from({ length: 40 }, (_, at) => role(at)) }]
  const browser = openBrowser(app)
  await logIn(browser, idp, await connect(app, idp, { roles }), { attributes: { groups: ['all'] } })
  const { statusCode, headers } = await browser.get('/gateway/verify')
  t.match([statusCode, headers['x-auth-roles'], headers['x-auth-omitted']], [200, '', 'roles'])
  t.equal((decodeJwt(tokenOf({ headers }))['roles'] as string[]).length, 40)
  const size = Object.entries(headers).reduce((sum, [name, value]) => sum + name.length + String(value).length + 4, 0)
  t.ok(size < 15_000, `${size} bytes`)
  const other = openBrowser(app)
  await logIn(other, idp, await connect(app, idp))
  t.equal((await other.get('/gateway/verify')).headers['x-auth-omitted'], '')
})

test('a session of a connection that the client does not accept: 403, with the way to sign in through another', async t => {
  const { app, admin } = await service
  const connections = [(await connect(app, idp)).id]
  await admin('POST', '/clients', { client_id: 'narrow', name: 'Narrow', audience: 'https://n.example', connections })
  const browser = openBrowser(app)
  await logIn(browser, idp, await connect(app, idp))
  for (const mode of ['status', 'redirect', 'page']) {
    const answer = await browser.get(`/gateway/verify?client=narrow&mode=${mode}`, { accept: 'text/html' })
    t.equal(answer.statusCode, 403, 'never sent by itself: the same sign-in would lead here again')
    t.equal(answer.headers['x-auth-login'], 'https://sso.example/login?client=narrow')
  }
})

test('the token is in the profile of RFC 9068 and says what it must', async t => {
  const { app, admin } = await service
  await admin('POST', '/clients', { client_id: 'app', name: 'App', audience: 'https://api.example', token_ttl: 60 })
  const connection = await connect(app, idp)
  const browser = openBrowser(app)
  await logIn(browser, idp, connection)
  const token = tokenOf(await browser.get('/gateway/verify?client=app'))
  const claims = decodeJwt(token)
  t.match(decodeProtectedHeader(token), { alg: 'ES256', typ: 'at+jwt', kid: /./ })
  t.match(claims, {
    iss: 'https://sso.example',
    aud: 'https://api.example',
    client_id: 'app',
    tenant: 'acme',
    connection: connection.id,
  })
  t.equal((claims.exp ?? 0) - (claims.iat ?? 0), 60)
  for (const name of ['sub', 'jti', 'sid', 'auth_time']) t.ok(claims[name], name)
})

test('a token serves again while half of its life is to come, for its session, its client and that client’s settings', async t => {
  const { app, admin, clock } = await testApp(t)
  clock.now = new Date(Math.ceil(clock.now.getTime() / 1000) * 1000)
  await admin('POST', '/clients', { client_id: 'app', name: 'App', audience: 'https://api.example', token_ttl: 60 })
  const connection = await connect(app, idp)
  const [browser, other] = [openBrowser(app), openBrowser(app)]
  await logIn(browser, idp, connection)
  await logIn(other, idp, connection)
  const start = clock.now.getTime()
  const jti = async (of = browser, query = '?client=app') =>
    decodeJwt(tokenOf(await of.get(`/gateway/verify${query}`))).jti
  const first = await jti()
  clock.now = new Date(start + 29_999)
  t.equal(await jti(), first)
  t.not(await jti(other), first)
  t.not(await jti(browser, ''), first)
  clock.now = new Date(start + 30_000)
  const second = await jti()
  t.not(second, first)
  await admin('PATCH', '/clients/app', { audience: 'https://other.example' })
  t.equal(decodeJwt(tokenOf(await browser.get('/gateway/verify?client=app'))).aud, 'https://other.example')
})

test('no attribute of the identity provider stands in a reserved claim’s place, and none unmapped gets in', async t => {
  const { app } = await service
  const connection = await connect(app, idp, { attributes: { department: ['ou'], nickname: ['nick'] } })
  const browser = openBrowser(app)
  const attributes = {
    sub: ['root'],
    iss: ['evil'],
    roles: ['admin'],
    tenant: ['globex'],
    scope: ['all'],
    ['__proto__']: ['x'],
    constructor: ['x'],
    ou: ['R&D', 'Ops'],
    nick: ['A'],
  }
  await logIn(browser, idp, connection, { attributes })
  const claims = decodeJwt(tokenOf(await browser.get('/gateway/verify')))
  t.match(claims, { iss: 'https://sso.example', tenant: 'acme', department: ['R&D', 'Ops'], nickname: 'A' })
  t.not(claims.sub, 'root')
  for (const name of ['roles', 'scope', 'constructor', 'ou']) t.notOk(Object.hasOwn(claims, name), name)
})

test('the same NameID from two identity providers is two people; another format is another name', async t => {
  const { app } = await service
  const [first, second] = [await connect(app, idp), await connect(app, idp)]
  const subOf = async (connection: typeof first, change = {}) => {
    const browser = openBrowser(app)
    await logIn(browser, idp, connection, change)
    return (await browser.get('/gateway/verify')).headers['x-auth-subject']
  }
  const alice = await subOf(first)
  t.equal(await subOf(first, { attributes: {} }), alice)
  t.not(await subOf(second), alice)
  t.not(await subOf(first, { nameIdFormat: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress' }), alice)
  t.not(await subOf(first, { nameId: 'Alice' }), alice)
})

test('a session ends by its limits, by SessionNotOnOrAfter, by idleness, by its connection', async t => {
  const { app, admin, clock } = await testApp(t, { settings: { SESSION_TTL: '7200', SESSION_IDLE_TTL: '1200' } })
  const connection = await connect(app, idp, { clock_skew: 0 })
  const start = clock.now.getTime()
  const at = (seconds: number) => {
    clock.now = new Date(start + seconds * 1000)
  }
  const status = async (browser: ReturnType<typeof openBrowser>) => (await browser.get('/gateway/verify')).statusCode
  const idle = openBrowser(app)
  const busy = openBrowser(app)
  const bounded = openBrowser(app)
  await logIn(idle, idp, connection)
  await logIn(busy, idp, connection)
  await logIn(bounded, idp, connection, { sessionNotOnOrAfter: instant(start + 600_000) })
  at(599)
  t.equal(await status(bounded), 200)
  t.equal(
    decodeJwt(tokenOf(await bounded.get('/gateway/verify'))).exp,
    Math.floor((start + 600_000) / 1000),
    'no token outlives it',
  )
  at(601)
  t.equal(await status(bounded), 401)
  for (let second = 1100; second < 7200; second += 1100) {
    at(second)
    t.equal(await status(busy), 200)
  }
  t.equal(await status(idle), 401)
  at(7201)
  t.equal(await status(busy), 401)
  const last = openBrowser(app)
  await logIn(last, idp, connection, { now: clock.now.getTime() })
  t.equal(await status(last), 200)
  await admin('PATCH', `/connections/${connection.id}`, { enabled: false })
  t.equal(await status(last), 401)
})

test('leaving ends the session; a foreign site cannot make people leave by a form', async t => {
  const { app } = await service
  const connection = await connect(app, idp)
  const browser = openBrowser(app)
  await logIn(browser, idp, connection)
  t.match((await browser.post('/logout', {}, { origin: 'https://evil.example' })).json(), {
    code: 'cross_site_request',
  })
  t.match((await browser.post('/logout', {}, { origin: 'null', 'sec-fetch-site': 'cross-site' })).json(), {
    status: 403,
  })
  t.match((await browser.post('/logout?return_to=https://evil.example', {})).json(), { code: 'return_to_not_allowed' })
  t.equal((await browser.get('/gateway/verify')).statusCode, 200, 'nothing has ended yet')
  const own = { origin: 'null', 'sec-fetch-site': 'same-origin' }
  t.equal((await browser.post('/logout', {}, own)).statusCode, 200)
  t.equal((await browser.get('/gateway/verify')).statusCode, 401)
  t.equal(browser.cookies.has('__Host-assay_session'), false)
  t.equal((await browser.get('/logout')).statusCode, 200, 'twice does no harm')
})
