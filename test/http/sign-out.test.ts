// Single logout over the doors, both ways: whose session ends, who is told, and what a message that is not right leaves alone.

import { verify, X509Certificate } from 'node:crypto'
import { inflateRawSync } from 'node:zlib'
import type { FastifyInstance } from 'fastify'
import { t as root, test } from 'tap'
import type { LogoutTransport } from '../../src/saml/logout-message.ts'
import { prove } from '../../src/saml/proof.ts'
import { withXml } from '../../src/saml/xml.ts'
import { testApp } from '../support/app.ts'
import { type Browser, connect, logIn, openBrowser, type TestConnection } from '../support/browser.ts'
import { testIdp } from '../support/idp.ts'
import { byPost, byRedirect, type LogoutParts, logoutParts, nameId, status } from '../support/logout.ts'
import { register } from '../support/oauth.ts'

const service = testApp(root)
const idp = testIdp()
const logoutUrl = 'https://idp.example/slo?app=7'
const json = { accept: 'application/json' }
const html = { accept: 'text/html' }

const open = async (more: object = {}) => {
  const { app } = await service
  return connect(app, idp, { logout_url: logoutUrl, ...more })
}
const sloOf = ({ acsUrl }: TestConnection) => acsUrl.replace(/acs$/, 'slo')
const isIn = async (browser: Browser) => (await browser.get('/gateway/verify')).statusCode === 200

async function enter(connection: TestConnection, change: Parameters<typeof logIn>[3] = {}, app?: FastifyInstance) {
  const browser = openBrowser(app ?? (await service).app)
  await logIn(browser, idp, connection, change)
  if (!(await isIn(browser))) throw new Error('nobody got in')
  return browser
}

function bring(browser: Browser, { id }: TestConnection, message: LogoutTransport, headers = json) {
  if (message.binding === 'redirect') return browser.get(`/saml/${id}/slo?${message.query}`, headers)
  const fields = message.fields as Record<string, string>
  return browser.post(`/saml/${id}/slo`, fields, headers)
}

function ask(browser: Browser, connection: TestConnection, change: Partial<LogoutParts> = {}, signer = idp) {
  return bring(browser, connection, byRedirect(signer, logoutParts(idp, sloOf(connection), change)))
}

function answerTo(requestId: string, connection: TestConnection, change: Partial<LogoutParts> = {}) {
  const parts = { element: 'LogoutResponse', inResponseTo: requestId, ...change } as const
  return byRedirect(idp, logoutParts(idp, sloOf(connection), parts), { relayState: null })
}

// The certificate with which we sign, as our metadata states it.
async function ourCertificate({ id }: TestConnection): Promise<X509Certificate> {
  const metadata = (await (await service).app.inject(`/saml/${id}/metadata`)).body
  const bare = /use="signing".*?<ds:X509Certificate>([^<]+)/s.exec(metadata)?.[1] ?? ''
  return new X509Certificate(Buffer.from(bare, 'base64'))
}

// What we sent by HTTP-Redirect; `ours`: our signature holds over the very query.
async function sent(location: unknown, connection: TestConnection) {
  const url = new URL(String(location))
  const [, signed = '', signature = ''] = /[?&](SAML.*)&Signature=([^&]+)$/.exec(url.search) ?? []
  const { publicKey } = await ourCertificate(connection)
  const value = Buffer.from(decodeURIComponent(signature), 'base64')
  const message = url.searchParams.get('SAMLRequest') ?? url.searchParams.get('SAMLResponse') ?? ''
  const xml = inflateRawSync(Buffer.from(message, 'base64')).toString()
  return { url, xml, id: idIn(xml), ours: verify('sha256', Buffer.from(signed), publicKey, value) }
}

const idIn = (xml: string) => / ID="([^"]+)"/.exec(xml)?.[1] ?? ''

// Of a service other than the shared one only the ID is asked.
async function requestOf(browser: Browser, query = ''): Promise<string> {
  const { location } = (await browser.get(`/logout${query}`, html)).headers
  const message = new URL(String(location)).searchParams.get('SAMLRequest') ?? ''
  return idIn(inflateRawSync(Buffer.from(message, 'base64')).toString())
}

async function beginLogout(browser: Browser, connection: TestConnection, query = '') {
  const answer = await browser.get(`/logout${query}`, html)
  return sent(answer.headers.location, connection)
}

test('who leaves is signed out here first, then by their identity provider, and arrives where they wanted to go', async t => {
  const connection = await open()
  const format = 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress'
  const qualified = `<saml:NameID Format="${format}" NameQualifier="a&amp;b" SPNameQualifier="c"> {Issuer}&lt;ü&gt; </saml:NameID>`
  const editAssertion = (xml: string) => xml.replace(/<saml:NameID .*<\/saml:NameID>/, qualified)
  const browser = await enter(connection, { editAssertion, sessionIndex: '_s&amp;1' })
  const { url, xml, id, ours } = await beginLogout(browser, connection, '?return_to=/bye')
  t.notOk(await isIn(browser), 'the session here is over before anybody answers')
  t.equal(url.href.slice(0, logoutUrl.length), logoutUrl)
  t.ok(ours)
  t.notOk(url.searchParams.has('RelayState'))
  t.match(xml, `<samlp:LogoutRequest `)
  t.match(xml, `Destination="${logoutUrl}"`)
  t.match(xml, `<saml:Issuer>${connection.entityId}</saml:Issuer>`)
  t.match(
    xml,
    `<saml:NameID NameQualifier="a&#38;b" SPNameQualifier="c" Format="${format}"> {Issuer}&#60;ü&#62; </saml:NameID>`,
  )
  t.match(xml, '<samlp:SessionIndex>_s&#38;1</samlp:SessionIndex></samlp:LogoutRequest>')
  t.match(xml, / NotOnOrAfter="/)
  const back = await bring(browser, connection, answerTo(id, connection))
  t.match([back.statusCode, back.headers.location], [303, 'https://sso.example/bye'])
  const again = await bring(browser, connection, answerTo(id, connection))
  t.match(again.json(), { status: 403, code: 'logout_refused', trace_id: /./ })
})

test('by HTTP-POST the request is signed inside, and the page posts it', async t => {
  const { app } = await service
  const connection = await open({ logout_binding: 'post' })
  const browser = await enter(connection)
  const page = await browser.post('/logout', {}, html)
  t.match(page.body, '<form method="post" action="https://idp.example/slo?app=7" data-submit>')
  const xml = Buffer.from(/name="SAMLRequest" value="([^"]+)"/.exec(page.body)?.[1] ?? '', 'base64').toString()
  const { publicKey } = await ourCertificate(connection)
  const key = { sha256: 'ours', key: publicKey, certificate: '' }
  t.equal(withXml(xml, root => prove(root, [key], false)).proven.element, 'LogoutRequest')
  const parts = logoutParts(idp, sloOf(connection), { element: 'LogoutResponse', inResponseTo: idIn(xml) })
  const back = await bring(browser, connection, byPost(idp, parts), html)
  t.equal(back.statusCode, 200)
  t.match(back.body, 'has ended yours there')
  t.match(
    (await app.inject(`/saml/${connection.id}/metadata`)).body,
    /<md:SingleLogoutService Binding="[^"]+Redirect" Location="[^"]+\/slo"\/>/,
  )
})

test('without a logout address or a name, leaving ends the session here and that is all', async t => {
  const { app } = await service
  const silent = await connect(app, idp)
  const browser = await enter(silent)
  t.match((await browser.get('/logout', html)).body, 'You are signed out')
  t.notMatch((await app.inject(`/saml/${silent.id}/metadata`)).body, 'SingleLogoutService')
  t.match((await ask(browser, silent)).json(), { status: 404, code: 'logout_not_configured' })
  const unnamed = await open({ subject: 'email' })
  const editAssertion = (xml: string) => xml.replace(/<saml:NameID .*<\/saml:NameID>/, '')
  const nameless = await enter(unnamed, { editAssertion })
  t.equal((await nameless.get('/logout?return_to=/x')).headers.location, 'https://sso.example/x')
  t.equal((await openBrowser(app).get('/logout', html)).statusCode, 200, 'nobody was signed in')
  t.match((await app.inject('/saml/nobody12345/slo')).json(), { code: 'connection_not_found' })
})

test('a client of the code flow ends a session and has the browser back at an address it registered, byte for byte', async t => {
  const { app } = await service
  const bye = 'https://app.example/bye?from=assay'
  const client = await register(app, { post_logout_redirect_uris: [bye] })
  const connection = await connect(app, idp)
  const at = (query: Record<string, string>) => `/logout?${new URLSearchParams(query)}`
  const back = (query: Record<string, string>) => at({ post_logout_redirect_uri: bye, ...query })
  const hint = `e30.${Buffer.from(JSON.stringify({ aud: client.id })).toString('base64url')}.x`
  for (const named of [{ client_id: client.id }, { id_token_hint: hint }]) {
    const browser = await enter(connection)
    const answer = await browser.get(back({ ...named, state: 'a&b=c' }))
    t.match([answer.statusCode, answer.headers.location], [303, `${bye}&state=a%26b%3Dc`])
    t.notOk(await isIn(browser))
  }
  const browser = await enter(connection)
  t.match((await browser.get(back({}))).json(), { status: 400, errors: [{ field: 'client_id' }] })
  t.match((await browser.get(back({ id_token_hint: 'x' }))).json(), { status: 400, errors: [{ field: 'client_id' }] })
  t.match((await browser.get(back({ client_id: 'default' }))).json(), { code: 'return_to_not_allowed' })
  const other = { client_id: client.id, post_logout_redirect_uri: `${bye}/` }
  t.match((await browser.get(at(other))).json(), { code: 'return_to_not_allowed' })
  t.ok(await isIn(browser), 'what was refused ends nothing')
})

test('where the identity provider cannot be told, the person is signed out here all the same', async t => {
  const { app, db, log } = await testApp(t)
  const connection = await connect(app, idp, { logout_url: logoutUrl })
  const browser = await enter(connection, {}, app)
  await db.query('drop table logouts')
  const answer = await browser.get('/logout?return_to=/bye', html)
  t.match([answer.statusCode, answer.headers.location], [303, 'https://sso.example/bye'])
  t.notOk(await isIn(browser))
  t.ok(log.some(line => line.includes('could not be told')))
})

test('an answer that is not right leaves the person signed out here, says so, and consumes nothing', async t => {
  const { app, admin, log } = await service
  const [connection, other] = [await open(), await open()]
  const browser = await enter(connection)
  const { id } = await beginLogout(browser, connection, '?return_to=/bye')
  const stranger = testIdp(idp.issuer)
  const good = logoutParts(idp, sloOf(connection), { element: 'LogoutResponse', inResponseTo: id })
  const unsigned = byRedirect(idp, good)
  const wrong: [string, Browser, TestConnection, LogoutTransport][] = [
    ['logout_unknown', browser, connection, answerTo('_other', connection)],
    ['logout_unknown', browser, connection, answerTo(id, connection, { inResponseTo: null })],
    ['logout_unknown', openBrowser(app), connection, answerTo(id, connection)],
    ['logout_unknown', await enter(connection), connection, answerTo(id, connection)],
    ['logout_unknown', browser, other, answerTo(id, other)],
    ['destination_mismatch', browser, other, answerTo(id, connection)],
    ['signature_unknown_key', browser, connection, byRedirect(stranger, good)],
    [
      'signature_missing',
      browser,
      connection,
      { binding: 'redirect', query: unsigned.query.replace(/&SigAlg=.*/, '') },
    ],
    ['issuer_mismatch', browser, connection, answerTo(id, connection, { issuer: 'https://other.example' })],
  ]
  for (const [code, from, to, message] of wrong) {
    const page = await bring(from, to, message, html)
    t.equal(page.statusCode, 403, code)
    const own = from === browser && to === connection
    t.match(page.body, own ? /You are signed out.*could not confirm/s : 'sign-out message was refused')
    t.match(log.at(-2) ?? '', `"code":"${code}","found":"`)
  }
  await admin('PATCH', `/connections/${other.id}`, { enabled: false })
  t.match((await bring(browser, other, answerTo(id, other))).json(), { code: 'connection_disabled' })
  const back = await bring(browser, connection, answerTo(id, connection))
  t.equal(back.headers.location, 'https://sso.example/bye', 'the control comes through')
})

test('the page says when the identity provider could not sign the person out everywhere', async t => {
  const { app, clock } = await testApp(t)
  const connection = await connect(app, idp, { logout_url: logoutUrl })
  for (const [said, text] of [
    [status('Success', 'PartialLogout'), 'every application'],
    [status('Responder', 'PartialLogout'), 'every application'],
    [status('Responder'), 'could not sign you out there'],
  ] as const) {
    const browser = await enter(connection, {}, app)
    const id = await requestOf(browser, '?return_to=/bye')
    const page = await bring(browser, connection, answerTo(id, connection, { status: said }), html)
    t.equal(page.statusCode, 200)
    t.match(page.body, text)
    t.match(page.body, 'href="https://sso.example/bye"')
  }
  const late = await enter(connection, {}, app)
  const id = await requestOf(late)
  clock.now = new Date(clock.now.getTime() + 601_000)
  const past = answerTo(id, connection, { now: clock.now.getTime() })
  t.match((await bring(late, connection, past)).json(), { code: 'logout_refused' })
})

test('a foreign site’s link ends the session here only; a client’s link, or no site’s, goes on to the identity provider', async t => {
  const { admin } = await service
  await admin('POST', '/clients', { client_id: 'wiki', name: 'W', audience: 'w', origins: ['https://wiki.example'] })
  const connection = await open()
  const location = async (headers: Record<string, string>, query = '') => {
    const browser = await enter(connection)
    const answer = await browser.get(`/logout${query}`, { ...html, ...headers })
    t.notOk(await isIn(browser))
    return String(answer.headers.location)
  }
  const foreign = { 'sec-fetch-site': 'cross-site' }
  t.equal(await location(foreign), 'undefined')
  t.equal(await location({ ...foreign, referer: 'https://evil.example/' }, '?client=wiki'), 'undefined')
  t.match(await location({ ...foreign, referer: 'https://wiki.example/' }, '?client=wiki'), /^https:\/\/idp\.example/)
  for (const site of ['none', 'same-origin', 'same-site'])
    t.match(await location({ 'sec-fetch-site': site }), /^https:\/\/idp\.example/, site)
  t.equal(await location({ 'sec-fetch-dest': 'iframe' }), 'undefined', 'nobody is led there in a frame')
  const browser = await enter(connection)
  t.match((await browser.post('/logout', {}, { origin: 'https://evil.example' })).json(), {
    code: 'cross_site_request',
  })
  t.ok(await isIn(browser))
})

test('a signed request ends every session of that name at that connection, on all replicas, and is answered', async t => {
  const { app, databaseUrl } = await service
  const elsewhere = await testApp(t, { databaseUrl })
  const connection = await open({ logout_response_url: 'https://idp.example/slo/answers' })
  const other = await open()
  const [first, second] = [await enter(connection), await enter(connection, {}, elsewhere.app)]
  const others = [
    await enter(connection, { nameId: 'bob' }),
    await enter(connection, { nameIdFormat: 'urn:x:other' }),
    await enter(connection, { nameId: 'Alice' }),
    await enter(other),
  ]
  const answer = await ask(first, connection, { id: '_theirs' })
  t.equal(answer.statusCode, 303)
  const { url, xml, ours } = await sent(answer.headers.location, connection)
  t.ok(ours)
  t.equal(url.origin + url.pathname, 'https://idp.example/slo/answers')
  t.equal(url.searchParams.get('RelayState'), 'state')
  t.match(xml, /<samlp:LogoutResponse .*InResponseTo="_theirs".*status:Success/)
  t.match(xml, 'Destination="https://idp.example/slo/answers"')
  t.notOk(await isIn(first))
  elsewhere.clock.now = new Date(elsewhere.clock.now.getTime() + 4_999)
  t.notOk(await isIn(second), 'within five seconds')
  for (const browser of others) t.ok(await isIn(browser), 'nobody else is shown out')
  t.equal(first.cookies.get('__Host-assay_session'), undefined, 'this browser’s cookie is cleared')
  t.equal((await ask(openBrowser(app), connection)).statusCode, 303, 'whoever is not in is out')
})

test('a session has the SessionIndex of every AuthnStatement: each of them ends it, and leaving names them all', async t => {
  const connection = await open()
  const editAssertion = (xml: string) => {
    const [statement = ''] = /<saml:AuthnStatement.*<\/saml:AuthnStatement>/.exec(xml) ?? []
    const others = ['_second', '_third', '_first'].map(index => statement.replace('_first', index))
    return xml.replace(statement, [statement, ...others].join(''))
  }
  const change = { editAssertion, sessionIndex: '_first' }
  const other = await enter(connection, { sessionIndex: '_other' })
  for (const index of ['_first', '_second', '_third']) {
    const browser = await enter(connection, change)
    await ask(other, connection, { sessionIndexes: [index] })
    t.notOk(await isIn(browser), index)
  }
  t.ok(await isIn(other))
  const { xml } = await beginLogout(await enter(connection, change), connection)
  const named = [...xml.matchAll(/<samlp:SessionIndex>(.*?)</g)].map(([, index]) => index)
  t.same(named, ['_first', '_second', '_third'])
})

test('with a SessionIndex only that session ends; another person’s index ends nothing', async t => {
  const connection = await open()
  const [one, two] = [await enter(connection, { sessionIndex: '_1' }), await enter(connection, { sessionIndex: '_2' })]
  const bob = await enter(connection, { nameId: 'bob', sessionIndex: '_bob' })
  await ask(bob, connection, { sessionIndexes: ['_bob', '_3'] })
  t.ok((await isIn(one)) && (await isIn(two)) && (await isIn(bob)))
  await ask(bob, connection, { sessionIndexes: ['_2', '_bob'] })
  t.ok(await isIn(one))
  t.notOk(await isIn(two))
  t.ok(await isIn(bob))
  t.ok(bob.cookies.has('__Host-assay_session'), 'the cookie of a session that lives stays')
})

test('an absent qualifier stands for its side, a foreign one is another name', async t => {
  const connection = await open()
  const persistent = 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent'
  const named = (more: string) => ({ name: nameId('alice', persistent, more) })
  const browser = await enter(connection)
  for (const more of [' NameQualifier="https://other.example"', ' SPNameQualifier="https://other.example"']) {
    await ask(browser, connection, named(more))
    t.ok(await isIn(browser), more)
  }
  await ask(browser, connection, { name: nameId('alice', null) })
  t.ok(await isIn(browser), 'no Format is the unspecified one')
  const sides = ` NameQualifier="${idp.issuer}" SPNameQualifier="${connection.entityId}"`
  await ask(browser, connection, named(sides))
  t.notOk(await isIn(browser))
})

test('a request is taken once, on all replicas, and one that is refused ends nothing', async t => {
  const { app, log, databaseUrl } = await service
  const elsewhere = await testApp(t, { databaseUrl })
  const connection = await open()
  const message = byRedirect(idp, logoutParts(idp, sloOf(connection)))
  const both = [app, elsewhere.app].flatMap(one => [openBrowser(one), openBrowser(one)])
  const answers = await Promise.all(both.map(browser => bring(browser, connection, message)))
  t.same(answers.map(one => one.statusCode).sort(), [303, 403, 403, 403])
  const browser = await enter(connection)
  const page = await bring(browser, connection, message, html)
  t.equal(page.statusCode, 403)
  t.match(page.body, 'sign-out message was refused')
  t.match(log.at(-2) ?? '', '"code":"logout_replayed"')
  t.match((await ask(browser, connection, {}, testIdp(idp.issuer))).json(), { status: 403, code: 'logout_refused' })
  t.match((await ask(browser, connection, { destination: connection.acsUrl })).json(), { code: 'logout_refused' })
  t.match((await bring(browser, connection, { binding: 'redirect', query: '' })).json(), {
    status: 400,
    code: 'malformed_logout',
  })
  t.ok(await isIn(browser))
  t.notOk(
    log.some(line => line.includes('alice')),
    'no name is in the log',
  )
})

test('a form is answered by a form, in whose page the identity provider may put a frame', async t => {
  const { app } = await service
  const connection = await open({ logout_binding: 'post' })
  const browser = await enter(connection)
  const message = byPost(idp, logoutParts(idp, sloOf(connection)))
  const page = await bring(openBrowser(app), connection, message, html)
  t.match(
    page.body,
    /action="https:\/\/idp\.example\/slo\?app=7".*name="SAMLResponse".*name="RelayState" value="state"/s,
  )
  t.match(
    String(page.headers['content-security-policy']),
    /frame-ancestors https:\/\/idp\.example[;]|frame-ancestors https:\/\/idp\.example$/,
  )
  t.equal(page.headers['x-frame-options'], undefined)
  t.notOk(await isIn(browser), 'no cookie is needed for it')
  const url = `/saml/${connection.id}/slo`
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  const post = (payload: string, headers: Record<string, string> = form) =>
    app.inject({ method: 'POST', url, payload, headers })
  t.equal((await post('SAMLRequest=AA&SAMLRequest=AA')).statusCode, 400)
  t.equal((await post('SAMLRequest=AA&SAMLResponse=AA')).json().code, 'malformed_logout')
  t.equal((await post(`SAMLRequest=AA&RelayState=${'x'.repeat(1025)}`)).statusCode, 400)
  t.equal((await post('SAMLRequest=AA', { 'content-type': 'text/plain' })).statusCode, 415)
})

test('an address of single logout runs no script', async t => {
  const { admin } = await service
  for (const member of ['logout_url', 'logout_response_url']) {
    const body = {
      tenant: 'acme',
      name: 'A',
      issuer: 'x',
      sign_on_url: 'https://x.example',
      certificates: [idp.certificate],
    }
    const answer = await admin('POST', '/connections', { ...body, [member]: 'javascript:alert(1)' })
    t.match(answer.body, { code: 'invalid_request', errors: [{ field: member }] })
  }
})
