// A set-up over its doors: the whole story of one link, what it may not do, and whatever is pasted where.

import { randomBytes } from 'node:crypto'
import { inflateRawSync } from 'node:zlib'
import type { LightMyRequestResponse } from 'fastify'
import { t as root, test } from 'tap'
import { testApp } from '../support/app.ts'
import { type Browser, begin, connect, deliver, logIn, openBrowser } from '../support/browser.ts'
import { leafAndAuthority } from '../support/chain.ts'
import { parts, respond, responseXml, testIdp } from '../support/idp.ts'
import { rsaPair } from '../support/rsa.ts'

const service = testApp(root)
const idp = testIdp()
const three = { sign_on_url: 'https://idp.example/sso', issuer: idp.issuer, certificate: idp.certificate }
const page = { accept: 'text/html' }

interface SetUp {
  browser: Browser
  link: { id: string; url: string }
  path: string
  formToken: string
}

async function open(body: object = {}): Promise<SetUp> {
  const { app, admin } = await service
  const made = await admin('POST', '/setup-links', { tenant: 'acme', ...body })
  const browser = openBrowser(app)
  const path = new URL(made.body.url).pathname
  await browser.get(path, page)
  const formToken = tokenIn(await browser.get('/setup/provider', page))
  return { browser, link: made.body, path, formToken }
}

function tokenIn({ body }: LightMyRequestResponse): string {
  return /name="form_token" value="([\w-]{43})"/.exec(body)?.[1] ?? ''
}

const send = ({ browser, formToken }: SetUp, step: string, fields: Record<string, string> = {}) =>
  browser.post(`/setup/${step}`, { form_token: formToken, ...fields }, page)

// Our side, as the page of step 2 states it.
async function sideOf({ browser }: SetUp) {
  const { body } = await browser.get('/setup/values', page)
  const acsUrl = /<code>(\S+\/acs)<\/code>/.exec(body)?.[1] ?? ''
  const entityId = /<code>(\S+\/metadata)<\/code>/.exec(body)?.[1] ?? ''
  return { id: acsUrl.split('/').at(-2) ?? '', acsUrl, entityId }
}

// A test sign-in up to the page with its result; `change` spoils the response.
async function tryOut(setUp: SetUp, change: Parameters<typeof respond>[3] = {}) {
  const side = await sideOf(setUp)
  const begun = await send(setUp, 'test')
  const { requestId, relayState } = readRequest(begun)
  const answer = await deliver(setUp.browser, side, respond(idp, side, requestId, change), relayState)
  return { answer, side, relayState, requestId, shown: await setUp.browser.get('/setup/test', page) }
}

function readRequest(answer: LightMyRequestResponse) {
  const url = new URL(String(answer.headers['location']))
  const xml = inflateRawSync(Buffer.from(url.searchParams.get('SAMLRequest') ?? '', 'base64')).toString()
  return { requestId: / ID="([^"]+)"/.exec(xml)?.[1] ?? '', relayState: url.searchParams.get('RelayState') ?? '' }
}

test('a link becomes a connection that people sign in with, and no sooner than a test has passed', async t => {
  const { app, admin } = await service
  const setUp = await open()
  t.equal((await send(setUp, 'provider', { provider: 'okta' })).headers['location'], '/setup/values')
  const side = await sideOf(setUp)
  t.match((await setUp.browser.get(`/saml/${side.id}/metadata`)).body, `entityID="${side.entityId}"`)
  t.match((await setUp.browser.get('/setup/metadata.xml')).headers['content-disposition'], 'attachment')
  t.match((await setUp.browser.get('/setup/certificate.crt')).body, '-----BEGIN CERTIFICATE-----')
  t.equal((await send(setUp, 'test')).headers['location'], '/setup/test', 'nothing to test yet')
  t.match((await setUp.browser.get('/setup/test', page)).body, 'Something is missing')
  t.equal((await send(setUp, 'theirs', three)).headers['location'], '/setup/theirs')
  const people = { group: 'admins', role: 'admin', sample: 'email = eve@acme.example\ngroups = admins' }
  t.match((await send(setUp, 'people', { ...people, try: '1' })).body, /eve@acme\.example[\s\S]+roles\[0\]/)
  t.notMatch((await setUp.browser.get('/setup/people', page)).body, 'eve@acme.example', 'who was tried is not kept')
  t.equal((await send(setUp, 'on')).statusCode, 409, 'untested')
  t.match((await setUp.browser.get('/setup/on', page)).body, 'First a test sign-in has to pass')

  const { answer, shown } = await tryOut(setUp)
  t.match([answer.statusCode, answer.headers['location']], [303, '/setup/test'])
  t.match(shown.body, /alice@acme\.example would get in[\s\S]+&lt;samlp:Response/)
  t.match(shown.body, /<th scope="row">roles<\/th><td data-label="Value">admin</)
  t.same(
    [...setUp.browser.cookies.keys()].sort(),
    ['__Host-assay_login', '__Secure-assay_setup'],
    'nobody is signed in',
  )
  t.equal((await admin('GET', `/connections/${side.id}`)).status, 404, 'there is no connection yet')
  t.same((await admin('GET', `/sessions?connection=${side.id}`)).body.items, [])

  t.equal((await send(setUp, 'on')).headers['location'], '/setup/on')
  const made = await admin('GET', `/connections/${side.id}`)
  const roles = [{ if: { groups: ['admins'] }, grant: ['admin'] }]
  t.match(made.body, { tenant: 'acme', provider: 'okta', enabled: true, issuer: idp.issuer, roles, domains: [] })
  t.equal(made.body.sp.acs_url, side.acsUrl)
  t.equal((await logIn(openBrowser(app), idp, side)).statusCode, 303)
  t.match((await setUp.browser.get('/setup/on', page)).body, 'It is switched on')
  t.equal((await setUp.browser.get('/setup')).headers['location'], '/setup/on')
  t.match((await admin('GET', `/setup-links/${setUp.link.id}`)).body, { connection_id: side.id, used: 1 })
})

test('a test that fails says what to change in the console’s words, and a change after a passed test wants another', async t => {
  const setUp = await open()
  await send(setUp, 'provider', { provider: 'okta' })
  await send(setUp, 'theirs', three)
  const failed = await tryOut(setUp, { audience: 'https://other.example' })
  t.equal(failed.answer.statusCode, 303)
  t.match(failed.shown.body, /would not get in[\s\S]+In Okta[\s\S]+<em>Audience URI \(SP Entity ID\)<\/em>/)
  t.match(failed.shown.body, 'It is meant for us')
  t.equal((await send(setUp, 'on')).statusCode, 409)
  await tryOut(setUp)
  t.match((await setUp.browser.get('/setup/on', page)).body, 'Switch it on')
  await send(setUp, 'people', { subject: 'email' })
  t.match((await setUp.browser.get('/setup/test', page)).body, 'Something was changed since')
  t.equal((await send(setUp, 'on')).statusCode, 409)
  await send(setUp, 'people', { subject: '' })
  t.equal((await send(setUp, 'on')).statusCode, 303, 'the very settings that passed')
})

test('a response to a test counts once, for the browser in which it began, and lets nobody in', async t => {
  const { app } = await service
  const connection = await connect(app, idp, { tenant: 'acme' })
  const setUp = await open({ connection: connection.id })
  const { requestId, relayState } = readRequest(await send(setUp, 'test'))
  const response = respond(idp, connection, requestId)
  const stranger = openBrowser(app)
  t.equal((await deliver(stranger, connection, response, relayState)).statusCode, 403)
  await begin(stranger, connection.id)
  t.equal((await deliver(stranger, connection, response, relayState)).statusCode, 403)
  const elsewhere = await connect(app, idp, { tenant: 'acme' })
  t.equal((await deliver(setUp.browser, elsewhere, response, relayState)).statusCode, 403)
  t.equal((await deliver(setUp.browser, connection, response, relayState)).headers['location'], '/setup/test')
  t.equal((await deliver(setUp.browser, connection, response, relayState)).statusCode, 403)
  const login = await begin(setUp.browser, connection.id)
  t.equal((await deliver(setUp.browser, connection, response, login.relayState)).statusCode, 403, 'it answers no login')
  t.notOk(setUp.browser.cookies.has('__Host-assay_session'))
  const other = await open({ connection: connection.id })
  t.notMatch((await other.browser.get('/setup/test', page)).body, 'would get in', 'the result is another browser’s')
})

test('a link changes its own connection only, and what others changed since asks for another test', async t => {
  const { app, admin } = await service
  const connection = await connect(app, idp, { tenant: 'acme', force_authn: true })
  t.equal((await admin('POST', '/setup-links', { tenant: 'globex', connection: connection.id })).status, 404)
  const setUp = await open({ connection: connection.id })
  t.equal((await setUp.browser.get('/setup')).headers['location'], '/setup/theirs')
  await tryOut(setUp)
  await admin('PATCH', `/connections/${connection.id}`, { require_encrypted: true })
  t.equal((await send(setUp, 'on')).statusCode, 409)
  await admin('PATCH', `/connections/${connection.id}`, { require_encrypted: false })
  await send(setUp, 'people', { claim_email: 'mail' })
  await tryOut(setUp, { attributes: { mail: ['alice@acme.example'] } })
  t.equal((await send(setUp, 'on')).statusCode, 303)
  const { body } = await admin('GET', `/connections/${connection.id}`)
  t.match(body, { force_authn: true, attributes: { email: ['mail'], name: /./ } })
  await admin('DELETE', `/connections/${connection.id}`)
  t.equal((await setUp.browser.get('/setup/on')).statusCode, 401, 'the link is gone with its connection')
})

test('the token leaves the address at once, counts by browser, and is nowhere afterwards', async t => {
  const { app, admin, log, db, clock } = await service
  const made = await admin('POST', '/setup-links', { tenant: 'acme', uses: 2, expires_in: 3600 })
  const { pathname } = new URL(made.body.url)
  const token = pathname.split('/').at(-1) ?? ''
  const browser = openBrowser(app)
  const first = await browser.get(pathname, page)
  t.match(first.headers, { location: '/setup', 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' })
  t.match(first.cookies, [
    { name: '__Secure-assay_setup', path: '/setup', httpOnly: true, secure: true, sameSite: 'Lax' },
  ])
  await browser.get(pathname, page)
  await app.inject({ method: 'HEAD', url: pathname })
  t.equal((await admin('GET', `/setup-links/${made.body.id}`)).body.used, 1)
  t.equal((await openBrowser(app).get(pathname, page)).statusCode, 303)
  const third = await openBrowser(app).get(pathname, page)
  t.match([third.statusCode, third.body], [410, /does not work any more/])
  t.notOk(log.some(line => line.includes(token)))
  const listed = await admin('GET', '/setup-links?tenant=acme&limit=1')
  t.notOk(JSON.stringify([listed.body, await db.query('select * from setup_links')]).includes(token))
  t.equal((await browser.get('/setup/provider')).statusCode, 200)
  t.equal((await admin('DELETE', `/setup-links/${made.body.id}`)).status, 204)
  t.equal((await browser.get('/setup/provider')).statusCode, 401)
  const brief = await open({ expires_in: 60 })
  clock.now = new Date(clock.now.getTime() + 61_000)
  t.equal((await brief.browser.get('/setup/provider', page)).statusCode, 401)
  t.equal((await brief.browser.get(brief.path)).statusCode, 410)
})

test('a set-up cookie opens nothing else, and no form counts without the browser’s own token', async t => {
  const { app } = await service
  const setUp = await open()
  const cookie = `__Secure-assay_setup=${setUp.browser.cookies.get('__Secure-assay_setup')}`
  for (const url of ['/api/v1/connections', '/api/v1/setup-links', '/gateway/verify', '/userinfo'])
    t.equal((await app.inject({ url, headers: { cookie } })).statusCode, 401, url)
  const other = await open()
  for (const form_token of ['', other.formToken])
    t.match((await setUp.browser.post('/setup/provider', { form_token, provider: 'okta' })).json(), {
      code: 'cross_site_request',
    })
  t.equal((await openBrowser(app).get('/setup', page)).statusCode, 401)
  t.equal((await send(setUp, 'provider', { provider: 'nobody' })).statusCode, 400)
})

test('a link is opened thirty times a minute from one address, not more', async t => {
  const { app } = await service
  const codes = new Set<number>()
  for (let i = 0; i < 31; i += 1) {
    const url = `/setup/${randomBytes(32).toString('base64url')}`
    codes.add((await app.inject({ url, remoteAddress: '192.0.2.9' })).statusCode)
  }
  t.same([...codes], [410, 429])
})

const metadata = (role: string, inner: string, entity = 'https://idp.example/metadata') =>
  `<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${entity}"><md:${role}` +
  ` protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">${inner}</md:${role}></md:EntityDescriptor>`
const theirs = metadata(
  'IDPSSODescriptor',
  `<md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>${idp.bareCertificate}` +
    '</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor><md:SingleSignOnService' +
    ' Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.example/sso"/>',
)
const app = metadata('SPSSODescriptor', '', 'https://app.example')
const { privateKey } = rsaPair()
const pkcs8 = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
const bareKey = privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64')
const pfx = Buffer.concat([Buffer.from('3082080002010330', 'hex'), Buffer.alloc(64)]).toString('base64')
const response = responseXml(idp, parts(idp, { entityId: 'x', acsUrl: 'https://sp.example' }, null))
const tenant = '11111111-1111-1111-1111-111111111111'
const links = [
  'https://acme.okta.com/home/acme_app_1/0oa1/aln1',
  'https://myapps.microsoft.com/signin/App/1111',
  'https://accounts.google.com/o/saml2/initsso?idpid=C1&spid=2',
  'https://auth.pingone.eu/1/saml20/idp/startsso?spEntityId=x',
  'https://ping.acme.example/idp/startSSO.ping?PartnerSpId=x',
  'https://adfs.acme.example/adfs/ls/idpinitiatedsignon.aspx',
  'https://idp.example/saml2/idp/SSOService.php?spentityid=x',
  'https://idp.example/idp/profile/SAML2/Unsolicited/SSO?providerId=x',
  'https://sso.example/realms/acme/protocol/saml/clients/app',
]

// What is given beside good other fields → the field that is complained of, and words of the move.
const wrong: [string, Record<string, string>, string, RegExp][] = [
  [
    'our own ACS URL as sign-on URL',
    { sign_on_url: 'https://sso.example/saml/abcdefgh/acs' },
    'sign_on_url',
    /our own address/,
  ],
  ...links.map((url): (typeof wrong)[number] => [
    `a link to begin at the provider: ${url}`,
    { sign_on_url: url },
    'sign_on_url',
    /takes no request of ours/,
  ]),
  [
    'an issuer as sign-on URL',
    { sign_on_url: `https://sts.windows.net/${tenant}/` },
    'sign_on_url',
    /belongs into Issuer/,
  ],
  [
    'a metadata address as sign-on URL',
    { sign_on_url: 'https://idp.example/FederationMetadata/2007-06/FederationMetadata.xml' },
    'sign_on_url',
    /Metadata URL above/,
  ],
  [
    'an address of OpenID Connect',
    { sign_on_url: 'https://idp.example/oauth2/authorize' },
    'sign_on_url',
    /OpenID Connect/,
  ],
  ['no address', { sign_on_url: 'acme' }, 'sign_on_url', /https:\/\//],
  ['our own entity ID as issuer', { issuer: 'https://sso.example/saml/abcdefgh/metadata' }, 'issuer', /our own name/],
  [
    'the sign-on URL as issuer',
    { issuer: `https://login.microsoftonline.com/${tenant}/saml2` },
    'issuer',
    /belongs into Sign on URL/,
  ],
  [
    'the issuer of OpenID Connect',
    { issuer: `https://login.microsoftonline.com/${tenant}/v2.0` },
    'issuer',
    /sts\.windows\.net\/1{8}/,
  ],
  ['nothing for issuer', { issuer: '' }, 'issuer', /is needed/],
  [
    'a fingerprint',
    {
      certificate: Buffer.alloc(20, 0xab)
        .toString('hex')
        .replace(/..(?!$)/g, '$&:'),
    },
    'certificate',
    /fingerprint/,
  ],
  ['a fingerprint of SHA-256', { certificate: 'ab'.repeat(32) }, 'certificate', /fingerprint/],
  ['half a certificate', { certificate: idp.certificate.slice(0, 300) }, 'certificate', /missing/],
  [
    'a public key',
    { certificate: rsaPair().publicKey.export({ type: 'spki', format: 'pem' }).toString() },
    'certificate',
    /public key/,
  ],
  [
    'a request for a certificate',
    { certificate: '-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----' },
    'certificate',
    /request/,
  ],
  ['an address for the certificate', { certificate: 'https://idp.example/cert.pem' }, 'certificate', /Open it/],
  ['metadata of an application', { certificate: app }, 'certificate', /not of an identity provider/],
  ['a response for metadata', { metadata: response }, 'metadata', /one sign-in/],
  ['the same as base64', { metadata: Buffer.from(response).toString('base64') }, 'metadata', /one sign-in/],
  ['a web page for metadata', { metadata: '<!DOCTYPE html><html><body>Sign in</body></html>' }, 'metadata', /web page/],
  ['discovery of OpenID Connect', { metadata: '{"issuer":"https://idp.example"}' }, 'metadata', /JSON/],
  ['metadata that was cut off', { metadata: theirs.slice(0, -40) }, 'metadata', /whole/],
  ['a certificate for metadata', { metadata: idp.certificate }, 'metadata', /Public Certificate below/],
]

// What comes of the reading is told in the page that answers.
const errorOf = (body: string, field: string) =>
  new RegExp(`id="${field}-error">.*?<span>(.*?)</span></p>`, 's').exec(body)?.[1] ?? ''

test('whatever is pasted where is recognised and answered with the right move', async t => {
  const setUp = await open()
  for (const [what, change, field, move] of wrong) {
    const answer = await send(setUp, 'theirs', { ...three, ...change })
    t.equal(answer.statusCode, 400, what)
    t.match(errorOf(answer.body, field), move, what)
  }
  const urls = [
    ['http://127.0.0.1/metadata', /open it yourself and give the file below/],
    ['https://sso.example/saml/abcdefgh/metadata', /our own metadata/],
    [
      `https://login.microsoftonline.com/${tenant}/federationmetadata/2007-06/federationmetadata.xml`,
      /whole directory/,
    ],
    ['https://idp.example/.well-known/openid-configuration', /OpenID Connect/],
  ] as const
  for (const [metadata_url, move] of urls)
    t.match(errorOf((await send(setUp, 'theirs', { metadata_url })).body, 'metadata_url'), move, metadata_url)
  const own = (await setUp.browser.get('/setup/metadata.xml')).body
  t.match(errorOf((await send(setUp, 'theirs', { metadata: own })).body, 'metadata'), /our own metadata/)
})

test('a private key is not kept, not shown again and not logged, whatever form and field it comes in', async t => {
  const { db, log } = await service
  const setUp = await open()
  for (const field of ['certificate', 'metadata', 'issuer'])
    for (const key of [pkcs8, `${idp.certificate}\n${pkcs8}`, bareKey, pfx]) {
      const answer = await send(setUp, 'theirs', { ...three, [field]: key })
      t.equal(answer.statusCode, 400)
      t.match(errorOf(answer.body, field), /withdraw this one/)
      t.notOk(answer.body.includes(key.slice(-100, -60)))
    }
  const kept = JSON.stringify(await db.query('select draft from setup_links'))
  t.notMatch(kept, 'PRIVATE KEY')
  t.notOk(log.some(line => line.includes(bareKey.slice(0, 40))))
})

test('metadata is taken wherever it was pasted, a chain is cut to what signs, a lost slash is put back', async t => {
  const setUp = await open()
  const reads = async (fields: Record<string, string>) => {
    t.equal((await send(setUp, 'theirs', fields)).statusCode, 303)
    return (await setUp.browser.get('/setup/theirs', page)).body
  }
  for (const field of ['metadata', 'certificate', 'issuer', 'metadata_url'])
    t.match(await reads({ [field]: theirs }), '<code>https://idp.example/sso</code>', field)
  const chain = await reads({ ...three, certificate: leafAndAuthority })
  t.match(chain, /chain of 2 certificates[\s\S]+Acme signing/)
  t.notMatch(chain, '<strong>CN=Acme CA')
  t.match(await reads({ ...three, certificate: idp.bareCertificate }), 'The certificate that it signs with')
  const entra = await reads({ ...three, issuer: `https://sts.windows.net/${tenant}` })
  t.match(entra, `<code>https://sts.windows.net/${tenant}/</code>`)
})

test('a file is read as well as its text, in binary too', async t => {
  const setUp = await open()
  const upload = async (files: Record<string, Buffer>) => {
    const form = new FormData()
    for (const [name, value] of Object.entries({ form_token: setUp.formToken, ...three, certificate: '' }))
      form.set(name, value)
    for (const [name, content] of Object.entries(files)) form.set(name, new Blob([new Uint8Array(content)]), 'file')
    const { headers, body } = new Request('https://sso.example', { method: 'POST', body: form })
    const payload = Buffer.from(await new Response(body).arrayBuffer())
    const cookie = `__Secure-assay_setup=${setUp.browser.cookies.get('__Secure-assay_setup')}`
    const type = { ...page, cookie, 'content-type': headers.get('content-type') ?? '' }
    return (await service).app.inject({ method: 'POST', url: '/setup/theirs', headers: type, payload })
  }
  const cases = { metadata_file: Buffer.from(theirs), certificate_file: Buffer.from(idp.bareCertificate, 'base64') }
  for (const [name, content] of Object.entries(cases))
    t.equal((await upload({ [name]: content })).statusCode, 303, name)
  const key = await upload({ certificate_file: privateKey.export({ type: 'pkcs8', format: 'der' }) })
  t.match(errorOf(key.body, 'certificate'), /private key/)
})
