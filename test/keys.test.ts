// Our keys in a house: rotated by the clock, by an operator, by a setting; SAML keys; another ENCRYPTION_KEY.

import { generateKeyPairSync, X509Certificate } from 'node:crypto'
import { calculateJwkThumbprint, createLocalJWKSet, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose'
import { t as root, type Test, test } from 'tap'
import { keepKeys, signingKeyRotation } from '../src/app-keys.ts'
import { system } from '../src/audit/event.ts'
import { openDatabase } from '../src/db/pool.ts'
import { openLog } from '../src/log.ts'
import { loginStore } from '../src/logins/store.ts'
import { purge } from '../src/purge.ts'
import { reseal, sealedColumns, sealedOtherwise } from '../src/reseal.ts'
import { sealer } from '../src/seal.ts'
import { afterglow, notice } from '../src/tokens/rotation.ts'
import { type TestApp, testApp } from './support/app.ts'
import { type Browser, begin, connect, deliver, logIn, openBrowser } from './support/browser.ts'
import { encryptAssertion } from './support/encryption.ts'
import { assertionXml, parts, respond, responseXml, testIdp } from './support/idp.ts'

const idp = testIdp()
const day = 86_400
const later = (time: Date, seconds: number) => new Date(time.getTime() + seconds * 1000)
const keySet = async ({ app }: TestApp): Promise<JSONWebKeySet> => (await app.inject('/.well-known/jwks.json')).json()
const kids = async (service: TestApp) => (await keySet(service)).keys.map(key => key.kid)

async function person(service: TestApp): Promise<Browser> {
  const browser = openBrowser(service.app)
  await logIn(browser, idp, await connect(service.app, idp))
  return browser
}

async function tokenOf(browser: Browser): Promise<string> {
  const { headers } = await browser.get('/gateway/verify')
  return String(headers['authorization']).replace('Bearer ', '')
}

const pair = async () => generateKeyPairSync('rsa', { modulusLength: 2048 })

// One house for most of the tests, which come in the order of its life.
const house = testApp(root, {
  makeRsaPair: pair,
  settings: { SESSION_TTL: '2592000', SESSION_IDLE_TTL: '2592000' },
})

async function tokensAreRight(t: Test, service: TestApp, alg: string): Promise<void> {
  const token = await tokenOf(await person(service))
  const set = await keySet(service)
  const key = set.keys.find(one => one.alg === alg) ?? {}
  t.match(key, { use: 'sig', kid: await calculateJwkThumbprint(key) })
  for (const name of ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']) t.notOk(name in key, name)
  if (alg === 'RS256') t.ok(Buffer.from(String(key.n), 'base64url').length >= 256)
  t.same(decodeProtectedHeader(token), { alg, kid: key.kid, typ: 'at+jwt' })
  await jwtVerify(token, createLocalJWKSet(set), { algorithms: [alg], audience: 'https://sso.example' })
}

test('ES256 and RS256: the key names its algorithm, its kid is its thumbprint, nothing private is shown, tokens verify', async t => {
  await tokensAreRight(t, await house, 'ES256')
  await tokensAreRight(t, await testApp(t, { settings: { TOKEN_ALG: 'RS256' } }), 'RS256')
})

async function certificatesOf({ app }: TestApp, id: string, use: string): Promise<X509Certificate[]> {
  const { body } = await app.inject(`/saml/${id}/metadata`)
  const found = body.matchAll(new RegExp(`use="${use}".*?<ds:X509Certificate>([^<]+)`, 'gs'))
  return [...found].map(([, bare = '']) => new X509Certificate(Buffer.from(bare, 'base64')))
}
const pems = async (service: TestApp, id: string, use: string) =>
  (await certificatesOf(service, id, use)).map(one => one.publicKey.export({ type: 'spki', format: 'pem' }))
const publicPem = (certificate: string) =>
  new X509Certificate(certificate).publicKey.export({ type: 'spki', format: 'pem' })

test('an SP signing key is published beside the one in use, used when an operator says so, and taken back if need be', async t => {
  const service = await house
  const { id } = await connect(service.app, idp)
  const [old] = await pems(service, id, 'signing')
  const { body: next } = await service.admin('POST', '/sp-keys/rotate', { purpose: 'signing' })
  const made = publicPem(next.certificate)
  t.match(next, { state: 'next', connection: null, sha256: /^[0-9a-f]{64}$/ })
  t.equal((await service.admin('POST', '/sp-keys/rotate', { purpose: 'signing' })).body.id, next.id)
  t.same(await pems(service, id, 'signing'), [old, made], 'the one that signs comes first')
  t.match((await service.admin('POST', `/sp-keys/${next.id}/activate`)).body, { state: 'current' })
  t.same(await pems(service, id, 'signing'), [made, old])
  const { body } = await service.admin('GET', '/sp-keys')
  const previous = body.items.find((key: { state: string }) => key.state === 'previous')
  await service.admin('POST', `/sp-keys/${previous.id}/activate`)
  t.same(await pems(service, id, 'signing'), [old, made], 'back again')
  t.match(await service.admin('POST', `/sp-keys/${previous.id}/retire`), { status: 409, body: { code: 'key_in_use' } })
  t.match((await service.admin('POST', `/sp-keys/${next.id}/retire`)).body, { state: 'retired' })
  t.same(await pems(service, id, 'signing'), [old])
  t.equal((await service.admin('POST', '/sp-keys/none/activate')).status, 404)
})

test('what is encrypted for the next, the current or a retired certificate comes in', async t => {
  const service = await house
  const connection = await connect(service.app, idp, { require_encrypted: true })
  const [old] = await certificatesOf(service, connection.id, 'encryption')
  const { body: next } = await service.admin('POST', '/sp-keys/rotate', { purpose: 'encryption' })
  const signIn = async (certificate: X509Certificate | undefined) => {
    const browser = openBrowser(service.app)
    const { requestId, relayState } = await begin(browser, connection.id)
    const p = parts(idp, connection, requestId)
    if (!certificate) throw new Error('no certificate')
    const xml = responseXml(idp, p, encryptAssertion(assertionXml(idp, p), certificate.publicKey))
    return (await deliver(browser, connection, Buffer.from(xml).toString('base64'), relayState)).statusCode
  }
  t.equal(await signIn(new X509Certificate(next.certificate)), 303)
  await service.admin('POST', `/sp-keys/${next.id}/activate`)
  t.equal(await signIn(old), 303)
  const { items } = (await service.admin('GET', '/sp-keys')).body
  const previous = items.find(
    (key: { state: string; purpose: string }) => key.state === 'previous' && key.purpose === 'encryption',
  )
  await service.admin('POST', `/sp-keys/${previous.id}/retire`)
  t.equal((await pems(service, connection.id, 'encryption')).length, 1)
  t.equal(await signIn(old), 303)
  await purge(service.db, later(service.clock.now, 731 * day))
  service.clock.now = later(service.clock.now, 6)
  t.equal(await signIn(old), 403, 'forgotten after its time')
})

test('a connection may have SP keys of its own, and go back to the service’s', async t => {
  const service = await house
  const [one, other] = [await connect(service.app, idp), await connect(service.app, idp)]
  const shared = await pems(service, one.id, 'signing')
  const rotate = (connection: string) => service.admin('POST', '/sp-keys/rotate', { purpose: 'signing', connection })
  t.equal((await rotate('nobody')).status, 404)
  const { body: own } = await rotate(one.id)
  const made = publicPem(own.certificate)
  t.same(await pems(service, one.id, 'signing'), [...shared, made])
  await service.admin('POST', `/sp-keys/${own.id}/activate`)
  t.same(await pems(service, one.id, 'signing'), [made])
  t.same(await pems(service, other.id, 'signing'), shared)
  t.match((await service.admin('GET', `/sp-keys?connection=${one.id}`)).body.items, [{ id: own.id, state: 'current' }])
  t.equal((await service.admin('POST', `/sp-keys/${own.id}/retire`)).status, 200)
  t.same(await pems(service, one.id, 'signing'), shared)
})

test('a leaked key: no key stays, its tokens do not verify any more, and people stay signed in', async t => {
  const service = await house
  const browser = await person(service)
  const stolen = await tokenOf(browser)
  await service.admin('POST', '/signing-keys/rotate', {})
  const refused = await service.admin('POST', '/signing-keys/rotate', { leak: true })
  t.match(refused, { status: 400, body: { code: 'invalid_request' } })
  t.equal((await service.admin('POST', '/signing-keys/rotate', { leaked: true })).body.items.length, 1)
  const set = createLocalJWKSet(await keySet(service))
  await t.rejects(jwtVerify(stolen, set), { code: 'ERR_JWKS_NO_MATCHING_KEY' })
  await jwtVerify(await tokenOf(browser), set)
  t.equal((await service.db.query('select from signing_keys')).length, 1, 'nothing of the old ones is kept')
})

test('a rotation: the next key is published, signs when every backend knows it, and the old one goes after its last token', async t => {
  const service = await house
  const { admin, clock, db } = service
  const browser = await person(service)
  const [first] = await kids(service)
  const before = await tokenOf(browser)
  const { body } = await admin('POST', '/signing-keys/rotate', {})
  t.same(
    body.items.map((key: { state: string }) => key.state),
    ['current', 'next'],
  )
  t.equal((await admin('POST', '/signing-keys/rotate', {})).body.items.length, 2, 'asked twice is asked once')
  t.notMatch(JSON.stringify(body), /sealed|"d"/)
  const second = body.items[1].kid
  t.same(await kids(service), [first, second])
  t.equal(decodeProtectedHeader(await tokenOf(browser)).kid, first)
  clock.now = later(clock.now, notice)
  t.equal(decodeProtectedHeader(await tokenOf(browser)).kid, second)
  await jwtVerify(before, createLocalJWKSet(await keySet(service)))
  clock.now = later(clock.now, afterglow)
  t.same(await kids(service), [second])
  t.match((await admin('GET', '/signing-keys')).body.items[0], { kid: first, state: 'forgotten' })
  await purge(db, later(clock.now, 1))
  t.equal((await admin('GET', '/signing-keys')).body.items.length, 1)
})

test('two replicas that find a key due at once make one', async t => {
  const { config, databaseUrl, clock } = await house
  const now = later(clock.now, 89.5 * day)
  const rotations = [1, 2].map(() => {
    const db = openDatabase(databaseUrl, { onIdleError: () => undefined })
    t.teardown(() => db.close())
    const world = { config, db, sealer: sealer(Buffer.alloc(32, 7)), clock: () => now, logger: openLog('silent') }
    return signingKeyRotation(world)('time', system)
  })
  const made = (await Promise.all(rotations)).map(plan => plan.make?.alg)
  t.same(made.sort(), ['ES256', undefined])
})

test('SP keys roll by the clock only where SP_KEY_LIFETIME says so: published 90 days ahead, the old one out 90 days after', async t => {
  const service = await house
  const states = async (spKeyLifetime: number | undefined, days: number) => {
    const config = { ...service.config, spKeyLifetime }
    const now = later(service.clock.now, days * day)
    const world = { ...service, config, sealer: sealer(Buffer.alloc(32, 7)), logger: openLog('silent'), random }
    await keepKeys({ ...world, clock: () => now, makeRsaPair: pair })(new AbortController().signal)
    const { items } = (await service.admin('GET', '/sp-keys')).body
    const ofService = (key: { purpose: string; connection: string | null }) =>
      key.purpose === 'signing' && key.connection === null
    return items
      .filter(ofService)
      .map((key: { state: string }) => key.state)
      .join(' ')
  }
  t.equal(await states(undefined, 5000), 'current')
  t.equal(await states(730 * day, 639), 'current')
  t.equal(await states(730 * day, 640), 'next current')
  t.equal(await states(730 * day, 729), 'next current')
  t.equal(await states(730 * day, 730), 'current previous')
  t.equal(await states(730 * day, 819), 'current previous')
  t.equal(await states(730 * day, 820), 'current retired')
})

const random = (bytes: number) => Buffer.from(crypto.getRandomValues(new Uint8Array(bytes)))
const text = (byte: number) => Buffer.alloc(32, byte).toString('base64')

async function refusedLogin(service: TestApp): Promise<string> {
  const connection = await connect(service.app, idp)
  const browser = openBrowser(service.app)
  const { requestId, relayState } = await begin(browser, connection.id)
  const response = respond(testIdp(idp.issuer), connection, requestId)
  return (await deliver(browser, connection, response, relayState)).json().trace_id
}

test('another TOKEN_ALG: published first, signs when backends know it, on replicas of before and after alike', async t => {
  const before = await testApp(t)
  const browser = await person(before)
  const after = await testApp(t, { databaseUrl: before.databaseUrl, settings: { TOKEN_ALG: 'EdDSA' } })
  const now = after.clock.now
  before.clock.now = later(now, 6)
  t.same(
    (await keySet(before)).keys.map(key => key.alg),
    ['ES256', 'EdDSA'],
  )
  const discovery = (await after.app.inject('/.well-known/openid-configuration')).json()
  t.same(discovery.id_token_signing_alg_values_supported, ['ES256', 'EdDSA'])
  t.equal((await after.app.inject('/readyz')).statusCode, 200)
  t.equal(decodeProtectedHeader(await tokenOf(browser)).alg, 'ES256')
  before.clock.now = later(now, notice)
  t.equal(decodeProtectedHeader(await tokenOf(browser)).alg, 'EdDSA')
  after.clock.now = before.clock.now
  await tokensAreRight(t, after, 'EdDSA')
})

test('ENCRYPTION_KEY changes while replicas run: first all can open both, then all is sealed anew, then the old one goes', async t => {
  const replica = (databaseUrl: string, settings: Record<string, string>) => testApp(t, { databaseUrl, settings })
  const zero = await testApp(t)
  const { databaseUrl, db } = zero
  const trace = await refusedLogin(zero)
  const [old, anew] = [Buffer.alloc(32, 7), Buffer.alloc(32, 9)]
  const one = await replica(databaseUrl, { ENCRYPTION_KEY_NEW: text(9) })
  const two = await replica(databaseUrl, { ENCRYPTION_KEY: text(9), ENCRYPTION_KEY_OLD: text(7) })
  await said(t, two, 'it may go once no replica runs with it as ENCRYPTION_KEY')
  t.equal(await sealedOtherwise(db, sealer(anew)), 0)
  await two.admin('POST', '/signing-keys/rotate', {})
  for (const service of [one, two]) {
    service.clock.now = later(two.clock.now, notice)
    t.equal((await service.app.inject('/readyz')).statusCode, 200)
    t.equal((await kids(service)).length, 2)
  }
  const evidence = (await loginStore(db, sealer(anew)).evidence(trace))?.response
  t.ok(evidence, 'evidence opens under the new key')
  await replica(databaseUrl, { ENCRYPTION_KEY: text(9) })
  await t.rejects(replica(databaseUrl, {}), /ENCRYPTION_KEY is not the one/)
  zero.clock.now = later(zero.clock.now, 6)
  t.equal((await kids(zero)).length, 2, 'a replica that cannot open a key publishes it all the same')
  t.equal(await sealedOtherwise(db, sealer(old)), 5)
})

// It works in the background, once a minute.
async function said(t: Test, { log }: TestApp, words: string): Promise<void> {
  for (let tries = 0; tries < 500; tries += 1) {
    if (log.some(line => line.includes(words))) return
    await new Promise(resolve => setTimeout(resolve, 10))
  }
  t.fail(`the log does not say: ${words}`)
}

test('two replicas seal anew at once, and a value that does not open keeps no other from it', async t => {
  const service = await house
  const [spoiled] = [await refusedLogin(service), await refusedLogin(service)]
  await service.db.query('update login_attempts set sealed_evidence = sealed_evidence || $2 where trace_id = $1', [
    ...[spoiled, Buffer.of(0)],
  ])
  // What version 1 sealed did not name its key.
  await service.db.query(`update sp_keys set sealed_private_key = '\\x01' || substring(sealed_private_key from 10)`)
  const [old, both] = [Buffer.alloc(32, 7), sealer(Buffer.alloc(32, 9), [Buffer.alloc(32, 7)])]
  const before = await sealedOtherwise(service.db, both)
  const done = await Promise.all(
    [1, 2].map(() => reseal(service.db, { sealer: both, clock: () => service.clock.now }, old)),
  )
  t.equal(
    done.reduce((sum, one) => sum + one.resealed, 0),
    before - 1,
  )
  t.equal(await sealedOtherwise(service.db, both), 1)
  const { items } = (await service.admin('GET', '/audit-events?action=encryption_key.resealed')).body
  const recorded = items.map((one: { after: { resealed: number } }) => one.after.resealed)
  t.equal(
    recorded.reduce((sum: number, one: number) => sum + one, 0),
    before - 1,
  )
})

test('every sealed column of the schema is one that is sealed anew', async t => {
  const { db } = await house
  const rows = await db.query<{ name: string }>(
    `select table_name || '.' || column_name as name from information_schema.columns
     where table_schema = 'public' and data_type = 'bytea' and column_name like '%sealed%' order by 1`,
  )
  t.same(
    rows.map(row => row.name),
    sealedColumns.map(({ table, column }) => `${table}.${column}`).sort(),
  )
})
