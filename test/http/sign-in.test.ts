// The browser's doors under bad input: each gets a clear answer, and nothing is half-done.

import { t as root, test } from 'tap'
import { testApp } from '../support/app.ts'
import { type Browser, begin, connect, deliver, logIn, openBrowser, whyRefused } from '../support/browser.ts'
import { respond, testIdp } from '../support/idp.ts'
import { rsaPair } from '../support/rsa.ts'

// One service for all tests that do not need one of their own.
const service = testApp(root)

const idp = testIdp()

test('an unknown, disabled or removed connection answers clearly', async t => {
  const { app, admin } = await service
  const browser = openBrowser(app)
  t.match((await browser.get('/login/nobody12345')).json(), { status: 404, code: 'connection_not_found' })
  t.equal((await browser.post('/saml/nobody12345/acs', { SAMLResponse: 'AAAA' })).statusCode, 404)
  t.equal((await browser.get('/saml/nobody12345/metadata')).statusCode, 404)
  const { id } = await connect(app, idp)
  await admin('PATCH', `/connections/${id}`, { enabled: false })
  t.match((await browser.get(`/login/${id}`)).json(), { status: 403, code: 'connection_disabled' })
  const page = await browser.get(`/login/${id}`, { accept: 'text/html' })
  t.match(page.headers['content-type'], /text\/html/)
})

test('a connection that is switched off between request and response refuses the response', async t => {
  const { app, admin } = await service
  const browser = openBrowser(app)
  const connection = await connect(app, idp)
  const { requestId, relayState } = await begin(browser, connection.id)
  await admin('PATCH', `/connections/${connection.id}`, { enabled: false })
  const answer = await deliver(browser, connection, respond(idp, connection, requestId), relayState)
  t.equal(answer.statusCode, 403)
  t.match(await whyRefused(app, answer), { code: 'connection_disabled', failed: ['login'] })
})

test('a certificate that was replaced between request and response is not trusted any more', async t => {
  const { app, admin } = await service
  const browser = openBrowser(app)
  const connection = await connect(app, idp)
  const { requestId, relayState } = await begin(browser, connection.id)
  await admin('PATCH', `/connections/${connection.id}`, { certificates: [testIdp().certificate] })
  const answer = await deliver(browser, connection, respond(idp, connection, requestId), relayState)
  t.match(await whyRefused(app, answer), { code: 'signature_unknown_key' })
})

test('a foreign return address is refused before anybody is sent anywhere', async t => {
  const { app } = await service
  const { id } = await connect(app, idp)
  const browser = openBrowser(app)
  for (const url of ['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)']) {
    const answer = await browser.get(`/login/${id}?return_to=${encodeURIComponent(url)}`)
    t.match(answer.json(), { status: 400, code: 'return_to_not_allowed' })
    for (const query of ['', 'email=a%40nobody.example&', 'tenant=acme&']) {
      const asked = await browser.get(`/login?${query}return_to=${encodeURIComponent(url)}`)
      t.match(asked.json(), { status: 400, code: 'return_to_not_allowed' }, `/login?${query}`)
    }
  }
  t.match((await browser.get(`/login/${id}?client=nobody`)).json(), { code: 'client_not_found' })
  t.equal((await browser.get(`/login/${id}?return_to=/a&return_to=//evil.example`)).statusCode, 400)
})

test('a client that does not accept a connection refuses its people, at login and at the gateway', async t => {
  const { app, admin } = await service
  const [first, second] = [await connect(app, idp), await connect(app, idp)]
  await admin('POST', '/clients', { client_id: 'app', name: 'App', audience: 'a', connections: [first.id] })
  const browser = openBrowser(app)
  t.match((await browser.get(`/login/${second.id}?client=app`)).json(), { code: 'connection_not_allowed' })
  await logIn(browser, idp, second)
  t.match((await browser.get('/gateway/verify?client=app')).json(), { status: 403, code: 'connection_not_allowed' })
})

test('a response is taken once, also when it comes twenty times at once', async t => {
  const { app, db } = await testApp(t)
  const browser = openBrowser(app)
  const connection = await connect(app, idp)
  const { requestId, relayState } = await begin(browser, connection.id)
  const response = respond(idp, connection, requestId)
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => deliver(browser, connection, response, relayState)),
  )
  t.equal(answers.filter(one => one.statusCode === 303).length, 1)
  t.equal(answers.filter(one => one.statusCode === 403).length, 19)
  t.same(await db.query('select count(*)::int as n from sessions'), [{ n: 1 }])
  t.equal((await deliver(browser, connection, response, relayState)).statusCode, 403)
})

test('on a second replica the same response loses, and a login begun on one ends on the other', async t => {
  const first = await testApp(t)
  const second = await testApp(t, { databaseUrl: first.databaseUrl })
  const connection = await connect(first.app, idp)
  const browser = openBrowser(first.app)
  const elsewhere = openBrowser(second.app)
  const { requestId, relayState } = await begin(browser, connection.id)
  for (const [name, value] of browser.cookies) elsewhere.cookies.set(name, value)
  const response = respond(idp, connection, requestId)
  const both = Array.from({ length: 10 }, (_, at) =>
    deliver(at % 2 ? browser : elsewhere, connection, response, relayState),
  )
  t.equal((await Promise.all(both)).filter(one => one.statusCode === 303).length, 1)
  const other = await begin(browser, connection.id)
  const ended = await deliver(elsewhere, connection, respond(idp, connection, other.requestId), other.relayState)
  t.equal(ended.statusCode, 303)
})

test('an assertion that was taken is not taken for another login, whoever carries it', async t => {
  const { app } = await service
  const connection = await connect(app, idp, { allow_idp_initiated: true })
  const unsolicited = respond(idp, connection, null)
  t.equal((await deliver(openBrowser(app), connection, unsolicited, '')).statusCode, 303)
  const again = await deliver(openBrowser(app), connection, unsolicited, '')
  t.match(await whyRefused(app, again), { code: 'assertion_replayed', failed: ['replay'] })
})

test('a login belongs to the browser in which it began', async t => {
  const { app } = await service
  const connection = await connect(app, idp)
  const [alice, mallory] = [openBrowser(app), openBrowser(app)]
  const login = await begin(alice, connection.id)
  await begin(mallory, connection.id)
  const response = respond(idp, connection, login.requestId)
  const stolen = await deliver(mallory, connection, response, login.relayState)
  t.match(await whyRefused(app, stolen), { code: 'login_other_browser', failed: ['login'] })
  t.equal(stolen.cookies.length, 0)
  const bare = await deliver(openBrowser(app), connection, response, login.relayState)
  t.match(await whyRefused(app, bare), { code: 'login_other_browser' })
  t.equal((await deliver(alice, connection, response, login.relayState)).statusCode, 303, 'nothing was consumed')
})

test('a stale login, an unknown one and another connection’s are told apart for the operator only', async t => {
  const { app, clock } = await testApp(t)
  const [connection, other] = [await connect(app, idp), await connect(app, idp)]
  const browser = openBrowser(app)
  const login = await begin(browser, connection.id)
  const response = respond(idp, connection, login.requestId)
  const unknown = await deliver(browser, connection, response, 'made-up')
  const crossed = await deliver(browser, other, respond(idp, other, login.requestId), login.relayState)
  const bare = await deliver(browser, connection, response, '')
  clock.now = new Date(clock.now.getTime() + 601_000)
  const stale = await deliver(browser, connection, response, login.relayState)
  t.match(await whyRefused(app, unknown), { code: 'login_unknown' })
  t.match(await whyRefused(app, crossed), { code: 'login_other_connection' })
  t.match(await whyRefused(app, bare), { code: 'unsolicited_response' })
  t.match(await whyRefused(app, stale), { code: 'login_expired' })
  const publicView = (answer: typeof stale) => ({ ...answer.json(), trace_id: '' })
  for (const answer of [unknown, crossed, bare]) t.same(publicView(answer), publicView(stale))
})

test('a refusal shows one sentence and a reference, sets no cookie and says nothing more', async t => {
  const { app } = await service
  const connection = await connect(app, idp)
  const browser = openBrowser(app)
  const { requestId, relayState } = await begin(browser, connection.id)
  const bad = respond(idp, connection, requestId, { audience: 'https://other.example' })
  const page = await deliver(browser, connection, bad, relayState, 'text/html')
  t.equal(page.statusCode, 403)
  t.equal(page.cookies.length, 0)
  t.notMatch(page.body, /audience|other\.example/i)
  const traceId = /[0-9a-f]{20}/.exec(page.body)?.[0]
  const attempt = await app.inject({
    url: `/api/v1/logins/${traceId}`,
    headers: { authorization: `Bearer ${'an-admin-key-for-tests-of-thirty-two-characters'}` },
  })
  t.match(attempt.json(), { outcome: 'refused', code: 'audience_mismatch', connection_id: connection.id })
  const audience = attempt.json().checks.find((one: { name: string }) => one.name === 'audience')
  t.match(audience, {
    verdict: 'fail',
    expected: connection.entityId,
    received: 'https://other.example',
    fix: /Audience/,
  })
})

test('what is no form, no base64, too large or doubled is refused at the door', async t => {
  const { app } = await service
  const connection = await connect(app, idp, { allow_idp_initiated: true })
  const url = `/saml/${connection.id}/acs`
  const form = 'application/x-www-form-urlencoded'
  const post = (payload: string, type = form) =>
    app.inject({ method: 'POST', url, payload, headers: { 'content-type': type, accept: 'application/json' } })
  const good = `SAMLResponse=${encodeURIComponent(respond(idp, connection, null))}`
  t.match((await post('RelayState=x')).json(), { status: 400, errors: [{ field: 'SAMLResponse' }] })
  t.equal((await post(`${good}&${good}`)).statusCode, 400)
  t.equal((await post(`${good}&RelayState=a&RelayState=b`)).statusCode, 400)
  t.equal((await post('SAMLResponse[]=x')).statusCode, 400)
  t.match((await post('SAMLResponse=%3Cxml%3E')).json(), { status: 400, code: 'malformed_response', trace_id: /./ })
  t.match((await post(`SAMLResponse=${Buffer.of(0xff, 0xfe, 0x80).toString('base64')}`)).json(), {
    code: 'malformed_response',
  })
  t.equal((await post(`SAMLResponse=${'A'.repeat(500_000)}`)).statusCode, 413)
  for (const type of ['text/plain', 'application/json', 'multipart/form-data; boundary=x', 'application/xml']) {
    t.equal((await post(good, type)).statusCode, 415, type)
  }
  t.equal((await app.inject({ method: 'GET', url: `${url}?${good}` })).statusCode, 400)
  t.equal((await post(good)).statusCode, 303, 'the control comes in')
})

test('a response by another binding is told which to use', async t => {
  const { app } = await service
  const browser = openBrowser(app)
  const { id } = await connect(app, idp)
  const told = { status: 400, code: 'binding_not_taken', detail: /HTTP-POST/ }
  t.match((await browser.get(`/saml/${id}/acs?SAMLart=AAQAA`)).json(), told)
  t.match((await browser.post(`/saml/${id}/acs`, { SAMLart: 'AAQAA', RelayState: 'x' })).json(), told)
  const page = await browser.get(`/saml/${id}/acs?SAMLResponse=fVLL`, { accept: 'text/html' })
  t.match(page, { statusCode: 400, body: /came by another way than HTTP-POST/ })
})

test('a text with the character NUL is refused, not an error of ours', async t => {
  const { app, admin } = await service
  for (const url of ['/login?client=%00', '/login?tenant=%00', '/login/%00', '/gateway/verify?client=%00'])
    t.match((await app.inject(url)).json(), { status: 400, code: 'invalid_request' }, url)
  t.match(await admin('POST', '/clients', { client_id: 'nul', name: '\0', audience: 'x' }), { status: 400 })
})

test('signing in again gives a new session; the old cookie is not taken over', async t => {
  const { app } = await service
  const connection = await connect(app, idp)
  const browser = openBrowser(app)
  await logIn(browser, idp, connection)
  const first = browser.cookies.get('__Host-assay_session')
  browser.cookies.set('__Host-assay_session', 'A'.repeat(43))
  await logIn(browser, idp, connection)
  const second = browser.cookies.get('__Host-assay_session')
  t.match(second, /^[\w-]{43}$/)
  t.not(second, first)
  t.not(second, 'A'.repeat(43))
})

test('two tabs sign in side by side', async t => {
  const { app } = await service
  const connection = await connect(app, idp)
  const browser = openBrowser(app)
  const [one, two] = [await begin(browser, connection.id), await begin(browser, connection.id)]
  t.equal((await deliver(browser, connection, respond(idp, connection, two.requestId), two.relayState)).statusCode, 303)
  t.equal((await deliver(browser, connection, respond(idp, connection, one.requestId), one.relayState)).statusCode, 303)
})

test('cookies: the login’s survives a cross-site POST, the session’s does not leave with one', async t => {
  const { app } = await service
  const connection = await connect(app, idp)
  const started = await app.inject(`/login/${connection.id}`)
  t.match(
    started.headers['set-cookie'],
    /^__Host-assay_login=[\w-]{43}; Max-Age=600; Path=\/; HttpOnly; Secure; SameSite=None$/,
  )
  const answer = await logIn(openBrowser(app), idp, connection)
  t.match(
    answer.headers['set-cookie'],
    /^__Host-assay_session=[\w-]{43}; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Lax$/,
  )
  const plain = await testApp(t, { settings: { PUBLIC_URL: 'http://localhost:8080' } })
  const local = await connect(plain.app, idp)
  t.match(
    (await plain.app.inject(`/login/${local.id}`)).headers['set-cookie'],
    /^assay_login=[\w-]{43}; Max-Age=600; Path=\/; HttpOnly$/,
  )
})

test('people are found by e-mail, domain and tenant; several connections give a choice', async t => {
  const { app } = await testApp(t)
  const browser = openBrowser(app)
  const html = { accept: 'text/html' }
  t.match((await browser.get('/login', html)).body, /name="email"/)
  const first = await connect(app, idp, { domains: ['acme.example'] })
  t.equal((await browser.get('/login')).statusCode, 302, 'the only one there is')
  const second = await connect(app, idp, { name: 'Acme <B>', domains: ['acme.example', 'b.example'] })
  await connect(app, idp, { tenant: 'globex', enabled: false, domains: ['b.example'] })
  t.match((await browser.get('/login', html)).body, /name="email"/, 'nobody learns whose sign-ins live here')
  t.match(String((await browser.get('/login?email=a%40B.example')).headers.location), /^https:\/\/idp\.example/)
  const choice = await browser.get('/login?domain=ACME.example&return_to=/x', html)
  t.match(choice.body, `/login/${first.id}?return_to=%2Fx`)
  t.match(choice.body, 'Acme &lt;B&gt;')
  t.match((await browser.get('/login?tenant=acme', html)).body, `/login/${second.id}`)
  for (const query of ['email=a%40nobody.example', 'tenant=globex', 'email=nonsense', 'domain=..']) {
    const none = await browser.get(`/login?${query}`, html)
    t.equal(none.statusCode, 404, query)
    t.match(none.body, /name="email"/)
    t.match((await browser.get(`/login?${query}`)).json(), { code: 'no_connection_found' })
  }
})

test('requests go by redirect or by POST, signed or not, with what the connection asks for and nothing else', async t => {
  const { app } = await service
  const browser = openBrowser(app)
  const plain = await connect(app, idp, { sign_requests: false })
  const bare = await begin(browser, plain.id)
  t.notOk(bare.url.searchParams.has('Signature'))
  t.match(bare.xml, 'Destination="https://idp.example/sso?app=7"')
  t.notMatch(bare.xml, /ForceAuthn|NameIDPolicy|RequestedAuthnContext|Subject/)
  t.match(bare.requestId, /^_[0-9a-f]{40}$/)
  const asking = {
    force_authn: true,
    nameid_format: 'urn:x:format&',
    requested_authn_context: ['urn:x:mfa', 'urn:x:<b>'],
  }
  const full = await begin(browser, (await connect(app, idp, asking)).id)
  t.match(full.xml, 'ForceAuthn="true"')
  t.match(full.xml, '<samlp:NameIDPolicy Format="urn:x:format&amp;" AllowCreate="true"/>')
  t.match(full.xml, 'urn:x:mfa</saml:AuthnContextClassRef><saml:AuthnContextClassRef>urn:x:&#60;b&#62;')
  const posting = await connect(app, idp, { request_binding: 'post' })
  const page = await browser.get(`/login/${posting.id}`, { accept: 'text/html' })
  t.match(page.body, /<form method="post" action="https:\/\/idp\.example\/sso\?app=7" data-submit>/)
  const message = Buffer.from(/name="SAMLRequest" value="([^"]+)"/.exec(page.body)?.[1] ?? '', 'base64').toString()
  t.match(message, /<\/saml:Issuer><ds:Signature/)
  t.match(page.headers['content-security-policy'], /form-action 'self' https:/)
})

test('an assertion encrypted for the certificate of our metadata comes in', async t => {
  const { app } = await service
  const { X509Certificate } = await import('node:crypto')
  const { encryptAssertion } = await import('../support/encryption.ts')
  const { assertionXml, parts, responseXml } = await import('../support/idp.ts')
  const connection = await connect(app, idp, { require_encrypted: true })
  const metadata = (await app.inject(`/saml/${connection.id}/metadata`)).body
  const bare = /use="encryption".*?<ds:X509Certificate>([^<]+)/s.exec(metadata)?.[1] ?? ''
  const recipient = new X509Certificate(Buffer.from(bare, 'base64')).publicKey
  const browser = openBrowser(app)
  const { requestId, relayState } = await begin(browser, connection.id)
  const p = parts(idp, connection, requestId)
  const xml = responseXml(idp, p, encryptAssertion(assertionXml(idp, p), recipient))
  t.equal((await deliver(browser, connection, Buffer.from(xml).toString('base64'), relayState)).statusCode, 303)
  const plain = await begin(browser, connection.id)
  const refused = await deliver(browser, connection, respond(idp, connection, plain.requestId), plain.relayState)
  t.match(await whyRefused(app, refused), { code: 'encryption_missing' })
  const stranger = rsaPair().publicKey
  const again = await begin(browser, connection.id)
  const foreign = parts(idp, connection, again.requestId)
  const wrong = responseXml(idp, foreign, encryptAssertion(assertionXml(idp, foreign), stranger))
  const answer = await deliver(browser, connection, Buffer.from(wrong).toString('base64'), again.relayState)
  t.match(await whyRefused(app, answer), { code: 'decryption_failed' })
})

test('the entity ID and ACS that a connection brought along are honoured', async t => {
  const { app } = await service
  const alias = 'https://old.example/callback'
  const connection = await connect(app, idp, { sp_entity_id: 'urn:old:sp', acs_aliases: [alias] })
  t.equal(connection.entityId, 'urn:old:sp')
  const metadata = (await app.inject(`/saml/${connection.id}/metadata`)).body
  t.match(metadata, 'entityID="urn:old:sp"')
  t.match(metadata, `Location="${alias}" index="1"`)
  const browser = openBrowser(app)
  t.match((await begin(browser, connection.id)).xml, `AssertionConsumerServiceURL="${alias}"`)
  const answer = await logIn(browser, idp, connection, { recipient: alias, destination: alias })
  t.equal(answer.statusCode, 303)
})

test('at an ACS that connections share, the login says of which connection a response is', async t => {
  const { app } = await service
  const alias = 'https://old.example/api/oauth/saml'
  const brought = { sp_entity_id: 'urn:old:shared', acs_aliases: [alias] }
  const stranger = testIdp('https://other.example/metadata')
  const [connection, foreign] = [await connect(app, idp, brought), await connect(app, stranger, brought)]
  const to = { recipient: alias, destination: alias }
  const post = (browser: Browser, SAMLResponse: string, RelayState: string) =>
    browser.post('/saml/acs', { SAMLResponse, RelayState }, { accept: 'application/json' })

  const browser = openBrowser(app)
  const begun = await begin(browser, connection.id)
  const response = respond(idp, connection, begun.requestId, to)
  // In another browser it is worth nothing, and neither is what another provider signed.
  t.match(await whyRefused(app, await post(openBrowser(app), response, begun.relayState)), {
    code: 'login_other_browser',
  })
  const forged = respond(stranger, foreign, begun.requestId, { ...to, issuer: idp.issuer, responseIssuer: idp.issuer })
  t.match(await whyRefused(app, await post(browser, forged, begun.relayState)), { code: 'signature_unknown_key' })
  const answer = await post(browser, response, begun.relayState)
  t.equal(answer.statusCode, 303)
  t.ok(browser.cookies.size > 1)

  for (const relayState of ['', 'nobody', begun.relayState])
    t.match((await post(browser, response, relayState)).json(), { code: 'login_refused' })
  t.equal((await browser.post('/saml/acs', { RelayState: begun.relayState })).statusCode, 403)
})

test('a large response is judged in a thread: it comes in, is refused with its reasons, and holds nobody up', async t => {
  const { app } = await service
  const connection = await connect(app, idp, { attributes: { groups: { from: ['groups'], in_token: false } } })
  const groups = Array.from({ length: 4000 }, (_, at) => `group-${at}`)
  const browser = openBrowser(app)
  t.equal((await logIn(browser, idp, connection, { attributes: { groups: groups.slice(0, 1000) } })).statusCode, 303)
  t.equal((await browser.get('/gateway/verify')).statusCode, 200)
  const { requestId, relayState } = await begin(browser, connection.id)
  const response = respond(idp, connection, requestId, { attributes: { groups }, audience: 'https://other.example' })
  let longest = 0
  let last = performance.now()
  const pulse = setInterval(() => {
    longest = Math.max(longest, performance.now() - last)
    last = performance.now()
  }, 1)
  const refused = await deliver(browser, connection, response, relayState)
  clearInterval(pulse)
  t.match(await whyRefused(app, refused), { code: 'audience_mismatch', failed: ['audience'] })
  t.comment(`the event loop was held for ${Math.round(longest)} ms at most`)
})
