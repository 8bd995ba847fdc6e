import { createHash, createPublicKey, randomBytes, X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { inflateRawSync } from 'node:zlib'
import { t as root, test } from 'tap'
import { keepMetadata, metadataFetch } from '../../src/app-metadata.ts'
import { nextFetch } from '../../src/connections/metadata.ts'
import { dueWarnings } from '../../src/connections/warning.ts'
import { purge } from '../../src/purge.ts'
import { selfSignedCertificate } from '../../src/saml/certificate.ts'
import { parseDuration } from '../../src/saml/time.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { begin, connect, deliver, logIn, openBrowser, type TestConnection, whyRefused } from '../support/browser.ts'
import { encryptAssertion, usual } from '../support/encryption.ts'
import { assertionXml, type Parts, parts, respond, responseXml, type TestIdp, testIdp } from '../support/idp.ts'

const day = 86_400_000
const [idp, second, third] = [testIdp(), testIdp(), testIdp()]
const shaOf = (one: TestIdp) => new X509Certificate(one.certificate).fingerprint256.replaceAll(':', '').toLowerCase()

// One service in development, so that it may fetch from here.
const service = testApp(root, { settings: { PUBLIC_URL: 'http://localhost:8080' } })

// One server for all: a document for each path.
const paths = new Map<string, RequestListener>()
const server = createServer((request, response) => paths.get(request.url ?? '')?.(request, response))
const listening = once(server.listen(0, '127.0.0.1'), 'listening')
root.teardown(() => server.close())

interface Document {
  entityId?: string
  certificates?: TestIdp[]
  signOn?: string
  more?: string
}

const entity = ({
  entityId = idp.issuer,
  certificates = [idp],
  signOn = 'https://idp.example/sso',
  more = '',
}: Document) =>
  `<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${entityId}"${more}>` +
  `<md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">${certificates
    .map(
      ({ bareCertificate }) =>
        `<md:KeyDescriptor><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>${bareCertificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>`,
    )
    .join(
      '',
    )}<md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="${signOn}"/>` +
  '</md:IDPSSODescriptor></md:EntityDescriptor>'

let count = 0
/** Serves documents at an address of their own; `set` replaces what is served, `asked` counts. */
async function published(document: Document | string) {
  await listening
  const path = `/${count++}`
  const page = { body: typeof document === 'string' ? document : entity(document), status: 200, asked: 0 }
  paths.set(path, (request, response) => {
    page.asked += 1
    const etag = `"${createHash('sha256').update(page.body).digest('hex')}"`
    const same = page.status === 200 && request.headers['if-none-match'] === etag
    response.writeHead(same ? 304 : page.status, { etag }).end(same ? '' : page.body)
  })
  const set = (next: Document | string, status = 200) => {
    Object.assign(page, { body: typeof next === 'string' ? next : entity(next), status })
  }
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, set, page }
}

const make = (app: TestApp, more: object) =>
  app.admin('POST', '/connections', { tenant: 'acme', name: 'Acme', ...more })
const states = (body: { idp: { certificates: { sha256: string; state: string; source: string }[] } }) =>
  Object.fromEntries(body.idp.certificates.map(one => [one.sha256, `${one.state} ${one.source}`]))
const connectionOf = ({ id, sp }: { id: string; sp: { entity_id: string; acs_url: string } }): TestConnection => ({
  ...{ id, entityId: sp.entity_id, acsUrl: sp.acs_url },
})

/** What happens every minute. */
function minute({ config, db, clock, app }: TestApp) {
  const world = { config, db, clock: () => clock.now, random: randomBytes, logger: app.log }
  return keepMetadata(world)(new AbortController().signal)
}

const events = ({ log }: TestApp, type: string, id: string) =>
  log.map(line => JSON.parse(line)).filter(one => one.event === type && one.connection === id)

test('a connection is made from the address of its metadata, which is fetched again when it is due', async t => {
  const app = await service
  const { url, set, page } = await published({})
  const made = await make(app, { metadata_url: url })
  t.equal(made.status, 201)
  t.match(made.body, { metadata_url: url, issuer: idp.issuer, sign_on_url: 'https://idp.example/sso', warnings: [] })
  t.match(made.body.metadata, { url, error: null, fetched_at: app.clock.now.toISOString(), valid_until: null })
  t.same(states(made.body), { [shaOf(idp)]: 'active metadata' })
  const path = `/connections/${made.body.id}`
  await minute(app)
  t.equal(page.asked, 1, 'not before its time')

  set({ certificates: [idp, second], signOn: 'https://idp.example/new' })
  app.clock.now = new Date(made.body.metadata.next_at)
  await Promise.all([minute(app), minute(app), minute(app)])
  t.equal(page.asked, 2, 'of several that look at once one takes it')
  const changed = await app.admin('GET', path)
  t.match(changed, { headers: { etag: '"2"' }, body: { sign_on_url: 'https://idp.example/new' } })
  t.same(states(changed.body), { [shaOf(idp)]: 'active metadata', [shaOf(second)]: 'active metadata' })
  t.match(events(app, 'connection.changed', made.body.id), [{ by: 'metadata', added: [shaOf(second)], retired: [] }])

  app.clock.now = new Date(changed.body.metadata.next_at)
  await minute(app)
  t.match((await app.admin('GET', path)).body, { version: 2, metadata: { fetched_at: app.clock.now.toISOString() } })
  t.equal(page.asked, 3, 'unchanged, told by its ETag')
})

test('a certificate that vanishes is retired: shown, and not trusted', async t => {
  const app = await service
  const { url, set } = await published({ certificates: [idp, second] })
  const { body } = await make(app, { metadata_url: url })
  const path = `/connections/${body.id}`
  set({ certificates: [second] })
  const after = await app.admin('POST', `${path}/refresh-metadata`)
  t.match(after, { status: 200, headers: { etag: '"2"' } })
  t.same(states(after.body), { [shaOf(second)]: 'active metadata', [shaOf(idp)]: 'retired metadata' })
  t.equal(after.body.certificates.length, 1)
  const now = { now: app.clock.now.getTime() }
  const refused = await logIn(openBrowser(app.app), idp, connectionOf(body), now)
  t.match(await whyRefused(app.app, refused), { code: 'signature_unknown_key' })
  t.equal((await logIn(openBrowser(app.app), second, connectionOf(body), now)).statusCode, 303)

  set({ certificates: [idp] })
  t.same(states((await app.admin('POST', `${path}/refresh-metadata`)).body), {
    [shaOf(idp)]: 'active metadata',
    [shaOf(second)]: 'retired metadata',
  })
  await purge(app.db, new Date(app.clock.now.getTime() + 91 * day))
  t.same(states((await app.admin('GET', path)).body), { [shaOf(idp)]: 'active metadata' })
})

test('what an operator pinned stays beside what metadata states, and what was set meanwhile until it is stated otherwise', async t => {
  const app = await service
  const { url, set } = await published({})
  const { body } = await make(app, { metadata_url: url })
  const path = `/connections/${body.id}`
  const pinned = [idp.certificate, third.certificate]
  const own = await app.admin('PATCH', path, { certificates: pinned, sign_on_url: 'https://own.example/' })
  t.same(states(own.body), { [shaOf(idp)]: 'active metadata', [shaOf(third)]: 'active given' })
  set({ certificates: [second] })
  const { body: after } = await app.admin('POST', `${path}/refresh-metadata`)
  t.equal(after.sign_on_url, 'https://own.example/')
  t.match(states(after), {
    [shaOf(second)]: 'active metadata',
    [shaOf(third)]: 'active given',
    [shaOf(idp)]: /^retired/,
  })
  const round = await app.admin('PATCH', path, { metadata_url: url, issuer: idp.issuer, name: 'As it is' })
  t.match(round, { status: 200, body: { metadata_url: url, name: 'As it is' } })
  const left = await app.admin('PATCH', path, { metadata_url: null })
  t.match(left.body, { metadata_url: null, metadata: null })
  t.match(states(left.body), { [shaOf(second)]: 'active given' })
  t.match(await app.admin('POST', `${path}/refresh-metadata`), { status: 400, body: { code: 'invalid_request' } })
  t.match(await app.admin('POST', '/connections/none/refresh-metadata'), { status: 404 })
})

test('what brings nothing usable changes nothing: the last good copy holds, the reason is shown, one event tells', async t => {
  const app = await service
  const { url, set } = await published({})
  const { body } = await make(app, { metadata_url: url })
  const refreshed = async () => (await app.admin('POST', `/connections/${body.id}/refresh-metadata`)).body
  const cases: [string, RegExp, number?][] = [
    [entity({ entityId: 'https://evil.example' }), /https:\/\/evil\.example and not .*keeps its issuer/],
    [entity({ certificates: [] }), /no signing certificate/],
    [entity({ certificates: [testIdp('x', 1024)] }), /1024 bits/],
    [entity({ more: ' validUntil="2020-01-01T00:00:00Z"' }), /valid until 2020/],
    [entity({ more: ' validUntil="soon"' }), /no time/],
    [entity({ signOn: 'javascript:alert(1)' }), /sign_on_url/],
    [entity({ signOn: `https://idp.example/${'x'.repeat(3000)}` }), /sign_on_url/],
    [`<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>${entity({})}`, /DOCTYPE/],
    ['<html>Sign in</html>', /no EntityDescriptor/],
    ['{}', /./],
    [entity({}), /status 500/, 500],
  ]
  for (const [text, error, status] of cases) {
    set(text, status)
    const after = await refreshed()
    t.match(after, { version: 1, sign_on_url: 'https://idp.example/sso', metadata: { error } }, String(error))
    t.same(states(after), { [shaOf(idp)]: 'active metadata' })
    t.match(after.warnings, [{ code: 'metadata_failed', message: error }])
  }
  t.equal(events(app, 'metadata.failed', body.id).length, 1)
  set({})
  t.match(await refreshed(), { version: 1, metadata: { error: null }, warnings: [] })
})

test('an address that leads nowhere, or to another provider than was meant, is refused by name', async t => {
  const app = await service
  const { url, set } = await published('')
  const wrong = async (more: object) => {
    const { status, body } = await make(app, more)
    return status === 400 ? body.errors.map((one: { field: string }) => one.field).sort() : status
  }
  t.same(await wrong({ metadata_url: url }), ['metadata_url'])
  for (const entityId of ['', 'x'.repeat(1025)]) {
    set({ entityId })
    t.same(await wrong({ metadata_url: url }), ['metadata_url'])
    t.same(await wrong({ metadata_xml: entity({ entityId }) }), ['metadata_xml'])
  }
  for (const address of [
    'file:///etc/passwd',
    'https://a:b@idp.example/',
    'http://10.0.0.1/',
    'http://[::ffff:7f00:1]/',
  ])
    t.same(await wrong({ metadata_url: address }), ['metadata_url'], address)
  set({})
  t.same(await wrong({ metadata_url: url, certificates: [idp.certificate], sign_on_url: 'https://x.example' }), [
    'certificates',
    'sign_on_url',
  ])
  t.same(await wrong({ metadata_url: url, metadata_xml: entity({}) }), ['metadata_url'])
  t.same(await wrong({ metadata_url: url, issuer: 'https://other.example' }), ['metadata_url'])
  const two = entity({}) + entity({ entityId: 'https://other.example', certificates: [second] })
  const inner = `<md:EntitiesDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata">${two}</md:EntitiesDescriptor>`
  set(`<md:EntitiesDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata">${inner}</md:EntitiesDescriptor>`)
  t.same(await wrong({ metadata_url: url }), ['metadata_url'], 'one of two, without saying which')
  const { body } = await make(app, { metadata_url: url, issuer: 'https://other.example' })
  t.match(states(body), { [shaOf(second)]: 'active metadata' })
  const elsewhere = await published({ entityId: 'https://third.example' })
  const moved = { metadata_url: elsewhere.url }
  t.match(await app.admin('PATCH', `/connections/${body.id}`, moved), { status: 400 }, 'the issuer stays')
  const meant = { ...moved, issuer: 'https://third.example' }
  t.match(await app.admin('PATCH', `/connections/${body.id}`, meant), {
    status: 200,
    body: { metadata: { url: elsewhere.url } },
  })
  t.match(await app.admin('PATCH', `/connections/${body.id}`, { ...moved, metadata_url: url }, { 'if-match': '"1"' }), {
    status: 412,
  })
})

test('outside development this machine and http are not reached', async t => {
  const { url, page } = await published({})
  for (const publicUrl of ['https://sso.example', 'http://sso.example', 'https://localhost'])
    t.match(
      await metadataFetch({ config: { ...(await service).config, publicUrl } })(url),
      { wrong: /https URL/ },
      publicUrl,
    )
  const strict = metadataFetch({ config: { ...(await service).config, publicUrl: 'https://sso.example' } })
  for (const host of ['127.0.0.1', 'localhost', '[::1]', '169.254.169.254'])
    t.match(await strict(`https://${host}/`), { wrong: /public internet/ }, host)
  t.equal(page.asked, 0)
})

test('metadata is fetched every six hours, or as it asks for between one and 24; sooner after a failure and before it runs out', async t => {
  const now = new Date()
  const hours = (state: object, jitter = 0.5) => {
    const all = { cache_seconds: null, valid_until: null, failures: 0, ...state }
    return (nextFetch(all, now, jitter).getTime() - now.getTime()) / 3_600_000
  }
  const near = (value: number, wanted: number) => t.ok(Math.abs(value - wanted) < 0.001, `${value} is ${wanted}`)
  near(hours({}), 6)
  near(hours({}, 0), 5.4)
  near(hours({}, 1), 6.6)
  near(hours({ cache_seconds: 60 }), 1)
  near(hours({ cache_seconds: 7200 }), 2)
  near(hours({ cache_seconds: 30 * 86_400 }), 24)
  near(hours({ valid_until: new Date(now.getTime() + 4 * 3_600_000) }), 2)
  near(hours({ valid_until: now }), 0.25)
  for (const [failures, wait] of [
    [1, 0.25],
    [2, 0.5],
    [5, 4],
    [6, 6],
    [60, 6],
  ] as const)
    near(hours({ failures }), wait)
  const durations = { PT1H: 3600, P1D: 86_400, P1Y2M3DT4H5M6S: 36_993_906, 'PT0.5S': 0 }
  for (const [text, seconds] of Object.entries(durations)) t.equal(parseDuration(text), seconds * 1000, text)
  for (const text of ['', 'P', 'PT', 'P1H', '-P1D', '1D', 'P1DT', 'P99999999Y'])
    t.ok(Number.isNaN(parseDuration(text)), text)
})

test('a certificate that expires is warned of at 60, 30 and 7 days, once each, and not of what was missed', async t => {
  const app = await service
  const until = new Date(Math.floor(app.clock.now.getTime() / 1000) * 1000 + 90 * day)
  const mine = testIdp()
  const { publicKey, privateKey } = mine
  const validity = { notBefore: new Date(app.clock.now.getTime() - day), notAfter: until }
  const certificate = selfSignedCertificate({ subject: 'x', publicKey, privateKey, serial: Buffer.of(1), ...validity })
  const { id } = await connect(app.app, { ...mine, certificate })
  const [start, said] = [app.clock.now, () => events(app, 'certificate.expiring', id).map(one => one.days)]
  const at = async (left: number) => {
    app.clock.now = new Date(until.getTime() - left * day)
    await Promise.all([minute(app), minute(app)])
    await minute(app)
    return said()
  }
  t.same(await at(61), [])
  t.same(await at(60), [60])
  t.match((await app.admin('GET', `/connections/${id}`)).body.warnings, [
    { code: 'certificate_expiring', days_left: 60 },
  ])
  t.same(await at(31), [60])
  t.same(await at(7), [60, 7], 'nobody needs to hear of thirty days any more')
  t.same(await at(-1), [60, 7])
  const { body } = await app.admin('GET', `/connections/${id}`)
  t.match(body.warnings, [{ code: 'certificate_expired', days_left: -1 }])
  t.match(body.idp.certificates, [{ state: 'expired', days_left: -1 }])
  app.clock.now = start
  const days = (left: number) =>
    dueWarnings([{ connection_id: '', sha256: '', not_after: new Date(left * day) }], new Date(0)).map(one => one.days)
  t.same([61, 60, 59.9, 30, 29, 7, 0.1, 0, -1].map(days), [[], [60], [60], [30], [30], [7], [7], [], []])
})

const signersOf = async (app: TestApp, id: string) =>
  (await app.admin('GET', `/connections/${id}/unknown-signers`)).body

test('a response that is right in everything but its key is kept as evidence, and an operator approves its certificate', async t => {
  const app = await service
  const connection = await connect(app.app, idp)
  const path = `/connections/${connection.id}/unknown-signers`
  const now = { now: app.clock.now.getTime() }
  await logIn(openBrowser(app.app), idp, connection, now)
  const stranger = { ...second, issuer: idp.issuer }
  for (const nameId of ['alice', 'bob', 'alice']) {
    const answer = await logIn(openBrowser(app.app), stranger, connection, { ...now, nameId })
    t.match(await whyRefused(app.app, answer), { code: 'signature_unknown_key' })
  }
  const { items, trusted } = await signersOf(app, connection.id)
  const sha256 = shaOf(second)
  t.match(items, [{ sha256, refused: 3, people: 2, known_people: 1, first_seen_at: app.clock.now.toISOString() }])
  t.match(items[0], {
    certificate: second.certificate,
    fingerprint: sha256.toUpperCase().match(/../g)?.join(':').toLowerCase(),
  })
  t.match(trusted, [{ sha256: shaOf(idp), state: 'active' }])
  t.equal(events(app, 'certificate.unknown', connection.id).length, 1)
  t.match((await app.admin('GET', `/connections/${connection.id}`)).body.warnings, [{ code: 'unknown_signers' }])

  t.match(await app.admin('POST', `${path}/${sha256}/approve`, undefined, { 'if-match': '"7"' }), { status: 412 })
  t.match(await app.admin('POST', `${path}/${shaOf(third)}/approve`), { status: 404 })
  const approved = await app.admin('POST', `${path}/${sha256}/approve`, undefined, { 'if-match': '"1"' })
  t.match(approved, { status: 200, headers: { etag: '"2"' } })
  t.match(approved.body, { approved: { sha256, source: 'approved' }, before: [{ sha256: shaOf(idp) }] })
  t.match(approved.body.connection, { id: connection.id, version: 2, warnings: [] })
  t.same((await signersOf(app, connection.id)).items, [])
  for (const one of [stranger, idp]) t.equal((await logIn(openBrowser(app.app), one, connection, now)).statusCode, 303)
})

test('nobody leaves a certificate who answers no login of theirs, or is wrong in anything else', async t => {
  const app = await service
  const connection = await connect(app.app, idp, { clock_skew: 0 })
  const now = app.clock.now.getTime()
  const stranger = { ...second, issuer: idp.issuer }
  const sent = async (change: Partial<Parts>, from: TestIdp = stranger) =>
    (await logIn(openBrowser(app.app), from, connection, { now, ...change })).statusCode
  const wrong: Partial<Parts>[] = [
    { issuer: 'https://other.example' },
    { audience: 'https://other.example' },
    { destination: 'https://other.example' },
    { recipient: 'https://other.example' },
    { inResponseTo: '_other' },
    { now: now - day },
    { nameIdFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient' },
    { signature: { keyInfo: '' } },
    { signature: { after: text => text.replace(/<ds:SignatureValue>..../, '<ds:SignatureValue>AAAA') } },
    { editAssertion: text => text, sign: 'none' },
  ]
  for (const change of wrong) t.equal(await sent(change), 403, JSON.stringify(change))
  const weak = testIdp('x', 1024)
  t.equal(await sent({}, { ...weak, issuer: idp.issuer }), 403)
  // The certificate of somebody else, under a signature by the stranger's own key.
  t.equal(await sent({}, { ...stranger, bareCertificate: third.bareCertificate, certificate: third.certificate }), 403)

  const { requestId, relayState } = await begin(openBrowser(app.app), connection.id)
  const message = respond(stranger, connection, requestId, { now })
  t.equal((await deliver(openBrowser(app.app), connection, message, relayState)).statusCode, 403, 'another browser')
  t.equal((await deliver(openBrowser(app.app), connection, message, '')).statusCode, 403)
  const open = await connect(app.app, idp, { allow_idp_initiated: true })
  const unsolicited = respond(stranger, open, null, { now })
  t.equal((await deliver(openBrowser(app.app), open, unsolicited, '')).statusCode, 403)
  for (const { id } of [connection, open]) t.same((await signersOf(app, id)).items, [])
})

test('of an encrypted assertion the signer is kept too, but a key that is not trusted covers no AES-CBC', async t => {
  const app = await service
  const connection = await connect(app.app, idp)
  const { body } = await app.admin('GET', '/sp-keys')
  const { certificate } = body.items.find((one: { purpose: string }) => one.purpose === 'encryption')
  const stranger = { ...second, issuer: idp.issuer }
  const send = async (data: string, sign: Parts['sign']) => {
    const browser = openBrowser(app.app)
    const { requestId, relayState } = await begin(browser, connection.id)
    const p: Parts = { ...parts(stranger, connection, requestId, app.clock.now.getTime()), sign }
    const encrypted = encryptAssertion(assertionXml(stranger, p), createPublicKey(certificate), { ...usual, data })
    const xml = responseXml(stranger, p, encrypted)
    t.equal((await deliver(browser, connection, Buffer.from(xml).toString('base64'), relayState)).statusCode, 403)
    return (await signersOf(app, connection.id)).items.length
  }
  t.equal(await send('http://www.w3.org/2001/04/xmlenc#aes256-cbc', 'response'), 0)
  t.equal(await send(usual.data, 'assertion'), 1)
})

test('at most five unknown signers are kept: those that named people who had signed in before stay', async t => {
  const app = await service
  const connection = await connect(app.app, idp)
  const now = { now: app.clock.now.getTime() }
  await logIn(openBrowser(app.app), idp, connection, now)
  const send = (nameId: string, key = testIdp()) =>
    logIn(openBrowser(app.app), { ...key, issuer: idp.issuer }, connection, { ...now, nameId })
  await send('alice', second)
  for (const at of [1, 2, 3, 4, 5, 6]) await send(`somebody ${at}`)
  const { items } = await signersOf(app, connection.id)
  t.equal(items.length, 5)
  t.match(items[0], { sha256: shaOf(second), known_people: 1 })
  await purge(app.db, new Date(app.clock.now.getTime() + 31 * day))
  t.same((await signersOf(app, connection.id)).items, [])
})

test('an unknown signer makes metadata due at once, so that a new certificate which it states is known a minute later', async t => {
  const app = await service
  const { url, set, page } = await published({})
  const { body } = await make(app, { metadata_url: url })
  const connection = connectionOf(body)
  const stranger = { ...second, issuer: idp.issuer }
  const send = async () =>
    (await logIn(openBrowser(app.app), stranger, connection, { now: app.clock.now.getTime() })).statusCode
  t.equal(await send(), 403)
  await minute(app)
  t.equal(page.asked, 1, 'it was fetched just now')
  app.clock.now = new Date(app.clock.now.getTime() + 301_000)
  set({ certificates: [idp, second] })
  t.equal(await send(), 403)
  await minute(app)
  t.equal(await send(), 303)
  t.same((await signersOf(app, connection.id)).items, [], 'it is unknown no more')
})

test('a customer’s IT admin gives the address alone; what was fetched is tested, switched on and followed', async t => {
  const app = await service
  const browser = openBrowser(app.app)
  const link = (await app.admin('POST', '/setup-links', { tenant: 'wizard' })).body
  const page = { accept: 'text/html' }
  await browser.get(new URL(link.url).pathname, page)
  const formToken = /name="form_token" value="([\w-]{43})"/.exec((await browser.get('/setup/theirs', page)).body)?.[1]
  const send = (step: string, fields: Record<string, string> = {}) =>
    browser.post(`/setup/${step}`, { form_token: formToken ?? '', ...fields }, page)
  const { url, set, page: document } = await published('<html>Sign in</html>')
  await send('provider', { provider: 'okta' })
  t.match((await send('theirs', { metadata_url: url })).body, 'is not the metadata of an identity provider')
  t.match((await send('theirs', { metadata_url: 'https://10.0.0.1/x' })).body, /open it yourself and give the file/)
  set({})
  t.equal((await send('theirs', { metadata_url: url })).statusCode, 303)
  const { body } = await browser.get('/setup/values', page)
  const acsUrl = /<code>(\S+\/acs)<\/code>/.exec(body)?.[1] ?? ''
  const id = acsUrl.split('/').at(-2) ?? ''
  const side = { id, acsUrl, entityId: acsUrl.replace(/acs$/, 'metadata') }
  const begun = new URL(String((await send('test')).headers['location']))
  const request = inflateRawSync(Buffer.from(begun.searchParams.get('SAMLRequest') ?? '', 'base64')).toString()
  const response = respond(idp, side, / ID="([^"]+)"/.exec(request)?.[1] ?? '', {
    now: app.clock.now.getTime(),
  })
  await deliver(browser, side, response, begun.searchParams.get('RelayState') ?? '')
  // What they publish meanwhile was not tested: it comes with the next fetch.
  set({ certificates: [idp, second] })
  t.equal((await send('on')).headers['location'], '/setup/on')
  t.equal(document.asked, 2)
  const made = (await app.admin('GET', `/connections/${id}`)).body
  t.match(made, { enabled: true, metadata_url: url, issuer: idp.issuer })
  t.same(states(made), { [shaOf(idp)]: 'active metadata' })
  await minute(app)
  t.same(Object.keys(states((await app.admin('GET', `/connections/${id}`)).body)).length, 2)
  const { items } = (await app.admin('GET', `/audit-events?subject_id=${id}`)).body
  t.same(
    items.map((one: { action: string; actor: string; trust: boolean }) => [one.action, one.actor, one.trust]),
    [
      ['connection.refreshed', 'system', true],
      ['connection.created', `setup-link:${link.id}`, true],
    ],
  )
  t.match((await app.admin('GET', `/audit-events?subject_id=${link.id}`)).body.items, [
    { action: 'setup_link.created' },
  ])
})
