import { createPublicKey, verify, X509Certificate } from 'node:crypto'
import { decodeProtectedHeader } from 'jose'
import { t as root, test } from 'tap'
import { testApp } from '../support/app.ts'
import { begin, connect, openBrowser } from '../support/browser.ts'
import { testIdp } from '../support/idp.ts'
import { passProvider, redeem, register, requestUrl, told } from '../support/oauth.ts'

// One service for all tests that do not need one of their own.
const service = testApp(root)

const idp = testIdp()

test('the key set has public halves only, an ETag, and may be kept', async t => {
  const { app } = await service
  const answer = await app.inject('/.well-known/jwks.json')
  t.match(answer.headers, { 'cache-control': 'public, max-age=300', 'access-control-allow-origin': '*' })
  t.equal(answer.cookies.length, 0)
  const { keys } = answer.json()
  t.same(
    keys.map((key: object) => Object.keys(key).sort()),
    [['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']],
  )
  const etag = String(answer.headers.etag)
  const again = await app.inject({ url: '/.well-known/jwks.json', headers: { 'if-none-match': `"other", ${etag}` } })
  t.equal(again.statusCode, 304)
  t.equal(again.body, '')
})

for (const alg of ['RS256', 'EdDSA']) {
  test(`TOKEN_ALG ${alg} publishes a key for it, and its tokens come back well`, async t => {
    const { app } = await testApp(t, { settings: { TOKEN_ALG: alg } })
    t.match((await app.inject('/.well-known/jwks.json')).json().keys, [{ alg, use: 'sig' }])
    const [connection, client, browser] = [await connect(app, idp), await register(app), openBrowser(app)]
    const answer = await passProvider(browser, idp, connection, await browser.get(requestUrl(client)))
    const { access_token, id_token } = (await redeem(app, client, told(client, answer).code)).body
    t.equal(decodeProtectedHeader(id_token).alg, alg)
    const headers = { authorization: `Bearer ${access_token}` }
    t.equal((await app.inject({ url: '/userinfo', headers })).statusCode, 200)
    const silent = await browser.get(requestUrl(client, { prompt: 'none', id_token_hint: id_token }))
    t.ok(told(client, silent).code)
  })
}

test('discovery states the issuer byte for byte, whatever Host says', async t => {
  const { app } = await service
  for (const url of ['/.well-known/openid-configuration', '/.well-known/oauth-authorization-server']) {
    const headers = {
      host: 'evil.example',
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'http',
      forwarded: 'host=evil.example',
    }
    const answer = await app.inject({ url, headers })
    t.match(answer.json(), { issuer: 'https://sso.example', jwks_uri: 'https://sso.example/.well-known/jwks.json' })
    t.notMatch(answer.body, /evil/)
  }
})

test('discovery names what is served, and all of it', async t => {
  const { app } = await service
  const found: Record<string, unknown> = (await app.inject('/.well-known/openid-configuration')).json()
  const endpoints = Object.entries(found).filter(([name]) => name.endsWith('_endpoint'))
  t.same(
    endpoints.map(([, url]) => String(url)).sort(),
    ['authorize', 'introspect', 'logout', 'revoke', 'token', 'userinfo'].map(name => `https://sso.example/${name}`),
  )
  for (const [, url] of endpoints) {
    const { pathname } = new URL(String(url))
    t.ok(app.hasRoute({ method: 'GET', url: pathname }) || app.hasRoute({ method: 'POST', url: pathname }), pathname)
  }
  t.match(found, { response_types_supported: ['code'], code_challenge_methods_supported: ['S256'] })
})

test('our metadata is signed by its own certificate and states what we serve', async t => {
  const { app } = await service
  const connection = await connect(app, idp)
  const answer = await app.inject({ url: `/saml/${connection.id}/metadata`, headers: { host: 'evil.example' } })
  t.match(answer.headers['content-type'], 'application/samlmetadata+xml')
  t.match(answer.body, `entityID="${connection.entityId}"`)
  t.match(answer.body, `Location="${connection.acsUrl}" index="0" isDefault="true"`)
  t.notMatch(answer.body.replace(/<ds:\w+>[\w+/=]+</g, '<'), /evil|SingleLogoutService|Artifact|private/i)
  const certificates = [...answer.body.matchAll(/<ds:X509Certificate>([^<]+)/g)].map(
    ([, one = '']) => new X509Certificate(Buffer.from(one, 'base64')),
  )
  t.ok(certificates.every(one => one.verify(one.publicKey)))
})

test('a redirect is signed over the very query that is sent', async t => {
  const { app } = await service
  const connection = await connect(app, idp)
  const { url } = await begin(openBrowser(app), connection.id)
  const metadata = (await app.inject(`/saml/${connection.id}/metadata`)).body
  const [, bare = ''] = /use="signing".*?<ds:X509Certificate>([^<]+)/s.exec(metadata) ?? []
  const key = createPublicKey(
    new X509Certificate(Buffer.from(bare, 'base64')).publicKey.export({ type: 'spki', format: 'pem' }),
  )
  const [, signed = '', signature = ''] = /(SAMLRequest=.*)&Signature=(.*)$/.exec(url.search) ?? []
  t.match(
    signed,
    /^SAMLRequest=[^&]+&RelayState=[^&]+&SigAlg=http%3A%2F%2Fwww\.w3\.org%2F2001%2F04%2Fxmldsig-more%23rsa-sha256$/,
  )
  t.ok(verify('sha256', Buffer.from(signed), key, Buffer.from(decodeURIComponent(signature), 'base64')))
})

test('every answer carries the strict headers, and nothing personal may be kept', async t => {
  const { app } = await service
  const connection = await connect(app, idp)
  for (const url of [
    '/login',
    `/login/${connection.id}`,
    '/logout',
    '/gateway/verify',
    '/nothing',
    '/livez',
    '/saml/x/acs',
  ]) {
    const { headers } = await app.inject({ url, headers: { accept: 'text/html' } })
    t.match(headers['content-security-policy'], /default-src 'none'.*frame-ancestors 'none';base-uri 'none'/, url)
    t.match(headers, {
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'strict-transport-security': /max-age=\d+/,
    })
    if (url !== '/livez') t.equal(headers['cache-control'], 'no-store', url)
  }
})

test('openapi.yaml is served as it is, and probes answer', async t => {
  const { app } = await service
  t.match((await app.inject('/openapi.yaml')).body, /^openapi: 3\.1\.0/)
  t.equal((await app.inject('/livez')).statusCode, 200)
  t.equal((await app.inject('/readyz')).statusCode, 200)
})
