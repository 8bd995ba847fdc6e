// Tokens and assertions that come back to us: what was forged, re-headered or meant for something else gets a clear no.

import { createHmac, createPublicKey, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { createServer } from 'node:http'
import { decodeJwt, exportJWK, importJWK, SignJWT } from 'jose'
import { t as root, test } from 'tap'
import { purge } from '../../src/purge.ts'
import { testApp } from '../support/app.ts'
import { connect, logIn, openBrowser } from '../support/browser.ts'
import { testIdp } from '../support/idp.ts'
import { passProvider, postForm, redeem, refresh, register, requestUrl, told } from '../support/oauth.ts'

const service = testApp(root)
const idp = testIdp()

// A person who is signed in at a confidential client that is its own audience's.
const signedIn = (async () => {
  const { app } = await service
  const connection = await connect(app, idp)
  const client = await register(app, { confidential: true })
  const browser = openBrowser(app)
  const started = await browser.get(requestUrl(client))
  const { code } = told(client, await passProvider(browser, idp, connection, started))
  const { body } = await redeem(app, client, code)
  return {
    app,
    client,
    browser,
    connection,
    tokens: body as Record<'access_token' | 'id_token' | 'refresh_token', string>,
  }
})()

const userInfo = async (token: string, method: 'GET' | 'POST' = 'GET') =>
  (await service).app.inject({ method, url: '/userinfo', headers: { authorization: `Bearer ${token}` } })

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

// A token of ours with another header, signed by `how` over what is sent.
function reheadered(token: string, header: object, how: (input: string) => Buffer = () => Buffer.alloc(0)): string {
  const input = `${encode(header)}.${token.split('.')[1]}`
  return `${input}.${how(input).toString('base64url')}`
}

async function ourKey() {
  const { app } = await service
  const [jwk] = (await app.inject('/.well-known/jwks.json')).json().keys
  return { jwk, header: { alg: 'ES256', kid: jwk.kid, typ: 'at+jwt' } }
}

test('a forged token gets nothing at /userinfo and is not active at /introspect', async t => {
  const { app, client, tokens } = await signedIn
  const { jwk, header } = await ourKey()
  const token = tokens.access_token
  const pem = String(createPublicKey({ key: jwk, format: 'jwk' }).export({ type: 'spki', format: 'pem' }))
  const der = createPublicKey({ key: jwk, format: 'jwk' }).export({ type: 'spki', format: 'der' })
  const own = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const ownJwk = await exportJWK(own.publicKey)
  const bySelf = (input: string) =>
    sign('sha256', Buffer.from(input), { key: own.privateKey, dsaEncoding: 'ieee-p1363' })
  const hits: string[] = []
  const sink = createServer((request, response) => {
    hits.push(String(request.url))
    response.end(JSON.stringify({ keys: [{ ...ownJwk, kid: 'own' }] }))
  }).listen(0, '127.0.0.1')
  await new Promise(resolve => sink.once('listening', resolve))
  t.teardown(() => sink.close())
  const address = sink.address()
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/keys`
  const signature = Buffer.from(token.split('.')[2] ?? '', 'base64url')
  const [r, s] = [signature.subarray(0, 32), signature.subarray(32)]
  const derSignature = Buffer.concat([Buffer.of(0x30, 70, 2, 33, 0), r, Buffer.of(2, 33, 0), s])
  const forged: [string, string][] = [
    ...['none', 'None', 'NONE', 'nOnE', ''].flatMap((alg): [string, string][] => [
      [`alg ${alg}`, reheadered(token, { ...header, alg })],
      [`alg ${alg}, old signature`, reheadered(token, { ...header, alg }, () => signature)],
    ]),
    ...[pem, `\n${pem}`, der, JSON.stringify(jwk)].map((key, at): [string, string] => [
      `HS256 with our public key, form ${at}`,
      reheadered(token, { ...header, alg: 'HS256' }, input => createHmac('sha256', key).update(input).digest()),
    ]),
    ['jku', reheadered(token, { ...header, kid: 'own', jku: url }, bySelf)],
    ['x5u', reheadered(token, { ...header, kid: 'own', x5u: url }, bySelf)],
    ['jwk', reheadered(token, { ...header, jwk: ownJwk }, bySelf)],
    ['jwk without kid', reheadered(token, { alg: 'ES256', typ: 'at+jwt', jwk: ownJwk }, bySelf)],
    ['another key under our kid', reheadered(token, header, bySelf)],
    ...['../../etc/passwd', "' or 1=1", 'x'.repeat(10_000), '', null, 1, ['a'], { a: 1 }].map(
      (kid): [string, string] => [
        `kid ${JSON.stringify(kid).slice(0, 20)}`,
        reheadered(token, { ...header, kid }, () => signature),
      ],
    ),
    ['r = s = 0', reheadered(token, header, () => Buffer.alloc(64))],
    ['signature as DER', reheadered(token, header, () => derSignature)],
    ['signature cut', reheadered(token, header, () => signature.subarray(0, 63))],
    ['no signature', `${token.split('.').slice(0, 2).join('.')}.`],
    ['five parts', 'eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4R0NNIn0..AAAA.AAAA.AAAA'],
    ['two parts', token.split('.').slice(0, 2).join('.')],
    ['no JWT', 'a.b.c'],
    ['another person', [token.split('.')[0], encode({ ...decodeJwt(token), sub: 'x' }), token.split('.')[2]].join('.')],
    ['an ID token', tokens.id_token],
    ['a refresh token', tokens.refresh_token],
  ]
  for (const [name, bad] of forged) {
    const answer = await userInfo(bad)
    t.equal(answer.statusCode, 401, name)
    if (name === 'a refresh token') continue
    const fields = { token: bad, client_id: client.id, client_secret: client.secret }
    t.same((await postForm(app, '/introspect', fields)).body, { active: false }, name)
  }
  t.match((await userInfo('a.b.c')).headers, {
    'www-authenticate': 'Bearer error="invalid_token"',
    'cache-control': 'no-store',
  })
  t.same(hits, [], 'nothing was fetched')
  t.match((await userInfo(token)).json(), { sub: decodeJwt(token).sub })
  t.match((await userInfo(token, 'POST')).json(), { sub: decodeJwt(token).sub })
})

test('our own key over other claims or headers is no access token either', async t => {
  const { app, db, log, clock } = await service
  const { tokens, client } = await signedIn
  const { sealer } = await import('../../src/seal.ts')
  const [row] = await db.query<{ kid: string; sealed: Buffer }>(
    'select kid, sealed_private_jwk as sealed from signing_keys',
  )
  const opened = sealer(Buffer.alloc(32, 7))
    .open(row?.sealed ?? Buffer.of(), `signing-key:${row?.kid}`)
    .toString()
  const key = await importJWK(JSON.parse(opened), 'ES256')
  const good = decodeJwt(tokens.access_token)
  const { header } = await ourKey()
  const make = (change: Record<string, unknown>, more: object = {}) => {
    const claims = Object.fromEntries(Object.entries({ ...good, ...change }).filter(([, value]) => value !== undefined))
    const options = 'crit' in more ? { crit: { [String((more.crit as string[])[0])]: true } } : {}
    return new SignJWT(claims).setProtectedHeader({ ...header, ...more }).sign(key, options)
  }
  const now = Math.floor(clock.now.getTime() / 1000)
  const bad = [
    make({ iss: 'https://other.example' }),
    make({ iss: 'https://sso.example/' }),
    make({ exp: now - 1 }),
    make({ exp: undefined }),
    make({ exp: '9999999999' }),
    make({ nbf: now + 600 }),
    make({ sid: undefined }),
    make({ sid: 'another' }),
    make({ jti: undefined }),
    make({ jti: 'a-grant-that-was-never.x' }),
    make({}, { typ: 'JWT' }),
    make({}, { typ: 'logout+jwt' }),
    make({}, { typ: undefined }),
    make({}, { crit: ['exp'], exp: 1 }),
    make({}, { crit: ['urn:x'], 'urn:x': 1 }),
  ]
  for (const [at, made] of bad.entries()) t.equal((await userInfo(await made)).statusCode, 401, String(at))
  t.equal((await userInfo(await make({}))).statusCode, 200, 'the control comes in')
  t.match((await userInfo(await make({ scope: 'email' }))).json(), { error: 'insufficient_scope' })
  const { browser } = await signedIn
  const gateway = String((await browser.get(`/gateway/verify?client=${client.id}`)).headers.authorization).slice(7)
  t.equal((await userInfo(gateway)).statusCode, 403, 'a gateway’s token has no scope')
  const fields = { token: gateway, client_id: client.id, client_secret: client.secret }
  t.match((await postForm(app, '/introspect', fields)).body, { active: true, client_id: client.id })
  t.match((await postForm(app, '/revoke', fields)).body, { error: 'unsupported_token_type' })
  t.notOk(log.some(line => line.includes('etc/passwd')))
})

test('a token of a megabyte is refused at once, at every door', async t => {
  const { app, client } = await signedIn
  const large = `${'A'.repeat(1_000_000)}.A.A`
  const started = performance.now()
  const fields = { token: large, client_id: client.id, client_secret: client.secret }
  t.match(await postForm(app, '/introspect', fields), { status: 413, body: { error: 'invalid_request' } })
  t.match(await postForm(app, '/introspect', { ...fields, token: large.slice(-300_000) }), { status: 400 })
  t.equal((await userInfo(large)).statusCode, 401)
  t.ok(performance.now() - started < 1000)
})

test('a token is told to its client and its audience only, and to nobody who does not prove to be one', async t => {
  const { app } = await service
  const { client, tokens } = await signedIn
  const [other, open] = [await register(app, { confidential: true }), await register(app)]
  const ask = async (token: string, fields: Record<string, string | undefined>, headers = {}) =>
    postForm(app, '/introspect', { token, ...fields }, headers)
  for (const token of [tokens.access_token, tokens.refresh_token]) {
    t.match((await ask(token, { client_id: client.id, client_secret: client.secret })).body, {
      active: true,
      scope: /openid/,
    })
    t.same((await ask(token, { client_id: other.id, client_secret: other.secret })).body, { active: false })
  }
  t.match(await ask(tokens.access_token, { client_id: open.id }), {
    status: 403,
    body: { error: 'unauthorized_client' },
  })
  t.match(await ask(tokens.access_token, {}), { status: 401, body: { error: 'invalid_client' } })
  t.match(await ask('', { client_id: client.id, client_secret: client.secret }), { body: { error: 'invalid_request' } })
})

test('a client proves itself in its own way, or not at all', async t => {
  const { app, admin } = await service
  const { client } = await signedIn
  const open = await register(app)
  const attempt = async (fields: Record<string, string | undefined>, headers: Record<string, string> = {}) =>
    postForm(app, '/token', { grant_type: 'refresh_token', refresh_token: 'x', ...fields }, headers)
  const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` })
  const wrong: [string, Record<string, string | undefined>, Record<string, string>?][] = [
    ['nothing', {}],
    ['no secret', { client_id: client.id }],
    ['wrong secret', { client_id: client.id, client_secret: `${client.secret}x` }],
    ['empty secret', { client_id: client.id, client_secret: '' }],
    ['no such client', { client_id: 'nobody', client_secret: 'x' }],
    ['a secret of a public client', { client_id: open.id, client_secret: 'x' }],
    ['wrong Basic', {}, basic(`${client.id}:x`)],
    ['Basic of nobody', {}, basic(':')],
    ['broken Basic', {}, { authorization: 'Basic !!' }],
    ['broken encoding', {}, basic(`${client.id}:%zz`)],
    ['Bearer', { client_id: open.id }, { authorization: 'Bearer x' }],
    ['Basic for another', { client_id: open.id }, basic(`${client.id}:${client.secret}`)],
  ]
  for (const [name, fields, headers] of wrong)
    t.match(await attempt(fields, headers), { status: 401, body: { error: 'invalid_client' } }, name)
  t.match((await attempt({}, basic('a:b'))).headers, { 'www-authenticate': /^Basic / })
  const both = await attempt({ client_secret: client.secret }, basic(`${client.id}:${client.secret}`))
  t.match(both, { status: 400, body: { error: 'invalid_request' } })
  const doubled = `grant_type=refresh_token&refresh_token=x&client_id=${open.id}&client_id=${open.id}`
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  t.match((await app.inject({ method: 'POST', url: '/token', headers: form, payload: doubled })).json(), {
    error: 'invalid_request',
  })
  const json = await app.inject({ method: 'POST', url: '/token', payload: { grant_type: 'refresh_token' } })
  t.match({ status: json.statusCode, error: json.json().error }, { status: 415, error: 'invalid_request' })
  t.match(await attempt({ client_id: open.id }), { body: { error: 'invalid_grant' } }, 'the control passes')
  const renewed = await admin('POST', `/clients/${client.id}/secret`)
  t.match(await attempt({}, basic(`${client.id}:${client.secret}`)), { body: { error: 'invalid_client' } })
  t.match(await attempt({}, basic(`${client.id}:${renewed.body.client_secret}`)), { body: { error: 'invalid_grant' } })
  client.secret = renewed.body.client_secret
  t.match(await admin('POST', `/clients/${open.id}/secret`), { status: 409 })
  t.equal((await admin('POST', `/clients/${client.id}/secret`, undefined, { 'if-match': '"1"' })).status, 412)
})

test('an assertion of a client counts once, for us, for a while, by its own key', async t => {
  const { app, db, clock } = await service
  const [own, foreign] = [
    generateKeyPairSync('ec', { namedCurve: 'P-256' }),
    generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  ]
  const jwks = { keys: [{ ...(await exportJWK(own.publicKey)), kid: 'k' }] }
  const client = await register(app, { confidential: true, jwks })
  t.equal(client.secret, undefined, 'who signs has no secret')
  const now = Math.floor(clock.now.getTime() / 1000)
  const good = { iss: client.id, sub: client.id, aud: 'https://sso.example', exp: now + 60 }
  const make = (change: Record<string, unknown> = {}, header: object = {}, key = own.privateKey) =>
    new SignJWT({ ...good, jti: randomBytes(8).toString('hex'), ...change })
      .setProtectedHeader({ alg: 'ES256', kid: 'k', ...header })
      .sign(key)
  const type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
  const attempt = async (assertion: string, more: Record<string, string | undefined> = {}) => {
    const fields = { client_assertion: assertion, client_assertion_type: type, ...more }
    return (await postForm(app, '/token', { grant_type: 'refresh_token', refresh_token: 'x', ...fields })).body.error
  }
  const token = await make()
  const bad: [string, Promise<string> | string, Record<string, string | undefined>?][] = [
    ['another key', make({}, {}, foreign.privateKey)],
    ['another audience', make({ aud: 'https://other.example' })],
    ['two audiences', make({ aud: ['https://sso.example', 'https://other.example'] })],
    ['another subject', make({ sub: 'x' })],
    ['another issuer', make({ iss: 'default' }), { client_id: client.id }],
    ['over', make({ exp: now - 61 })],
    ['too long', make({ exp: now + 601 })],
    ['not yet', make({ nbf: now + 300 })],
    ['no jti', make({ jti: undefined })],
    ['an access token’s typ', make({}, { typ: 'at+jwt' })],
    ['none', `${encode({ alg: 'none' })}.${token.split('.')[1]}.`],
    ['key in the header', make({}, { jwk: await exportJWK(foreign.publicKey), kid: undefined }, foreign.privateKey)],
    ['unknown kid', make({}, { kid: 'other' })],
    ['for another client', make(), { client_id: 'default' }],
    ['another type', make(), { client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:saml2-bearer' }],
    ['no type', make(), { client_assertion_type: undefined }],
    ['no JWT', 'x'],
  ]
  for (const [name, assertion, more] of bad) t.equal(await attempt(await assertion, more), 'invalid_client', name)
  const key = JSON.stringify(jwks.keys[0])
  const hmac = `${encode({ alg: 'HS256', kid: 'k' })}.${token.split('.')[1]}`
  t.equal(await attempt(`${hmac}.${createHmac('sha256', key).update(hmac).digest('base64url')}`), 'invalid_client')
  t.equal(await attempt(token), 'invalid_grant', 'the control passes')
  t.equal(await attempt(token), 'invalid_client', 'it does not pass twice')
  const parallel = await make({ aud: ['https://sso.example/token'] })
  const answers = await Promise.all(Array.from({ length: 20 }, () => attempt(parallel)))
  t.equal(answers.filter(error => error === 'invalid_grant').length, 1)
  t.same(await db.query('select count(*)::int as n from client_assertions'), [{ n: 2 }])
  t.equal((await purge(db, new Date((now + 130) * 1000))) >= 2, true)
  t.same(await db.query('select count(*)::int as n from client_assertions'), [{ n: 0 }])
  const secret = await register(app, { confidential: true })
  const claims = { iss: secret.id, sub: secret.id }
  t.equal(await attempt(await make(claims)), 'invalid_client', 'a client without keys')
})

test('revoking a token ends its grant, and what is unknown is answered alike', async t => {
  const { app } = await service
  const { client, browser } = await signedIn
  const tokens = async () => (await redeem(app, client, told(client, await browser.get(requestUrl(client))).code)).body
  const [first, second] = [await tokens(), await tokens()]
  const credentials = { client_id: client.id, client_secret: client.secret }
  t.match(await postForm(app, '/revoke', { token: 'unknown', ...credentials }), { status: 200, body: undefined })
  t.match(await postForm(app, '/revoke', { token: first.access_token, ...credentials }), { status: 200 })
  t.equal((await userInfo(first.access_token)).statusCode, 401)
  t.match(await refresh(app, client, first.refresh_token), { body: { error: 'invalid_grant' } })
  t.equal((await refresh(app, client, second.refresh_token)).status, 200, 'another grant goes on')
  await logIn(openBrowser(app), idp, await connect(app, idp))
})

test('scripts at a client’s origin may read the answers, others may not', async t => {
  const { app } = await service
  const client = await register(app, { origins: ['https://spa.example'] })
  const options = (url: string, origin: string) => app.inject({ method: 'OPTIONS', url, headers: { origin } })
  for (const url of ['/token', '/userinfo', '/revoke']) {
    const allowed = await options(url, 'https://spa.example')
    t.equal(allowed.statusCode, 204)
    t.match(allowed.headers, {
      'access-control-allow-origin': 'https://spa.example',
      'access-control-allow-headers': /Authorization/,
    })
    t.notOk('access-control-allow-credentials' in allowed.headers)
    t.notOk('access-control-allow-origin' in (await options(url, 'https://evil.example')).headers)
  }
  const answer = await postForm(
    app,
    '/token',
    { grant_type: 'x', client_id: client.id },
    { origin: 'https://spa.example' },
  )
  t.match(answer, { headers: { 'access-control-allow-origin': 'https://spa.example', vary: /Origin/ } })
  t.equal((await options('/introspect', 'https://spa.example')).statusCode, 404)
})
