import { createHash, generateKeyPairSync } from 'node:crypto'
import { test } from 'tap'
import { testApp } from '../support/app.ts'

const body = { client_id: 'app', name: 'App', audience: 'https://api.example', origins: ['https://app.example'] }

test('the default client is there from the start and stays', async t => {
  const { admin } = await testApp(t)
  t.match((await admin('GET', '/clients/default')).body, {
    audience: 'https://sso.example',
    origins: ['https://sso.example'],
    confidential: false,
  })
  t.match(await admin('DELETE', '/clients/default'), { status: 409, body: { code: 'conflict' } })
})

test('a client is made, changed and removed; its id is taken only once', async t => {
  const { admin } = await testApp(t)
  const made = await admin('POST', '/clients', body)
  t.match(made, { status: 201, headers: { etag: '"1"', location: '/api/v1/clients/app' } })
  t.notOk('client_secret' in made.body)
  t.match(await admin('POST', '/clients', body), { status: 409, body: { errors: [{ field: 'client_id' }] } })
  const changed = await admin('PATCH', '/clients/app', { token_ttl: 60 }, { 'if-match': '"1"' })
  t.match(changed, { status: 200, headers: { etag: '"2"' }, body: { token_ttl: 60, name: 'App' } })
  t.equal((await admin('PATCH', '/clients/app', { name: 'x' }, { 'if-match': '"1"' })).status, 412)
  t.equal((await admin('DELETE', '/clients/app')).status, 204)
  t.equal((await admin('GET', '/clients/app')).status, 404)
})

test('the secret of a confidential client is shown once and kept only as a hash', async t => {
  const { admin, db } = await testApp(t)
  const made = await admin('POST', '/clients', { ...body, confidential: true })
  const secret = made.body.client_secret
  t.match(secret, /^[\w-]{43}$/)
  t.notOk('client_secret' in (await admin('GET', '/clients/app')).body)
  const [row] = await db.query<{ secret_hash: Buffer }>(`select secret_hash from clients where client_id = 'app'`)
  t.same(row?.secret_hash, createHash('sha256').update(secret).digest())
  t.notOk('client_secret' in (await admin('PATCH', '/clients/app', { name: 'Other' })).body)
  await admin('PATCH', '/clients/app', { confidential: false })
  t.ok((await admin('PATCH', '/clients/app', { confidential: true })).body.client_secret !== secret)
})

test('origins and redirect addresses are exact or refused, all at once', async t => {
  const { admin } = await testApp(t)
  const wrong = {
    ...body,
    extra: 1,
    origins: ['https://app.example/', 'https://app.example', 'javascript:', 'https://*.example', 'https://APP.example'],
    redirect_uris: [
      'https://app.example/cb#x',
      'app://cb',
      'http://app.example/cb',
      'http://localhost:1/cb',
      'https://app.example/cb',
    ],
  }
  const { body: answer } = await admin('POST', '/clients', wrong)
  const fields = answer.errors.map((one: { field: string }) => one.field)
  t.same(fields, [
    'extra',
    'origins[0]',
    'origins[2]',
    'origins[4]',
    'redirect_uris[0]',
    'redirect_uris[1]',
    'redirect_uris[2]',
  ])
})

test('a client with keys has no secret; keys that are private, weak or mixed up are refused', async t => {
  const { admin } = await testApp(t)
  const jwk = (type: 'ec' | 'rsa', size: object) =>
    generateKeyPairSync(type as 'rsa', size as { modulusLength: number }).publicKey.export({ format: 'jwk' })
  const [good, weak] = [jwk('ec', { namedCurve: 'P-256' }), jwk('rsa', { modulusLength: 1024 })]
  const secret = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' })
  const keys = [
    weak,
    secret,
    { kty: 'oct', k: 'AAAA' },
    { ...good, use: 'enc' },
    { ...good, alg: 'none' },
    { kty: 'EC' },
  ]
  const { body: answer } = await admin('POST', '/clients', { ...body, jwks: { keys } })
  const fields = answer.errors.map((one: { field: string }) => one.field)
  t.same(fields, ['jwks', 'jwks.keys', ...keys.map((_, at) => `jwks.keys[${at}]`)])
  t.notMatch(JSON.stringify(answer), secret.d)
  const made = await admin('POST', '/clients', { ...body, confidential: true, jwks: { keys: [good] } })
  t.match(made, { status: 201, body: { jwks: { keys: [good] }, client_secret: undefined } })
  const changed = await admin('PATCH', '/clients/app', { jwks: null })
  t.match(changed.body, { jwks: null, client_secret: /^[\w-]{43}$/ })
  t.match((await admin('PATCH', '/clients/app', { jwks: { keys: [good] } })).body, { client_secret: undefined })
  t.equal((await admin('POST', '/clients/app/secret')).status, 409)
})
