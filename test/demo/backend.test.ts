import Fastify from 'fastify'
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import { type Test, test } from 'tap'
import { backendRoutes } from '../../src/demo/backend.ts'
import { now } from '../support/demo.ts'

const publicUrl = 'https://assay.example'
const seconds = Math.floor(now.getTime() / 1000)
const { privateKey, publicKey } = await generateKeyPair('ES256')
const jwk = { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'ES256', use: 'sig' }
const good = {
  iss: publicUrl,
  aud: publicUrl,
  sub: 'p1',
  name: 'Alice <Ito>',
  groups: ['admins'],
  iat: seconds - 58,
  exp: seconds + 242,
}

const sign = (claims: JWTPayload, typ = 'at+jwt', key = privateKey): Promise<string> => {
  return new SignJWT(claims).setProtectedHeader({ alg: 'ES256', typ, kid: 'k1' }).sign(key)
}

/** A small issuer: its gateway gives `token` to the browser whose cookie is `session=alice`. */
const issuer = async (t: Test, token: string) => {
  const app = Fastify()
  t.teardown(() => app.close())
  app.get('/.well-known/jwks.json', () => ({ keys: [jwk] }))
  app.get('/gateway/verify', ({ headers }, reply) => {
    return headers.cookie === 'session=alice'
      ? reply.header('authorization', `Bearer ${token}`).send()
      : reply.code(401).send()
  })
  return app.listen({ port: 0, host: '127.0.0.1' })
}

const visit = async (t: Test, baseUrl: string, session = 'alice') => {
  const app = Fastify()
  t.teardown(() => app.close())
  backendRoutes(app, { publicUrl, baseUrl: () => baseUrl, clock: () => now })
  return app.inject({ url: '/demo/backend', headers: { cookie: `session=${session}` } })
}

test('the backend shows who is signed in, the claims, the header and the seconds that are left', async t => {
  const { statusCode, headers, body } = await visit(t, await issuer(t, await sign(good)))
  t.equal(statusCode, 200)
  t.equal(headers['cache-control'], 'no-store')
  t.match(body, '<h1>Hello, Alice &lt;Ito&gt;</h1>')
  t.match(body, '<strong>242 seconds</strong>')
  t.match(body, 'value="242"')
  t.match(body, '[&quot;admins&quot;]')
  t.match(body, '&quot;typ&quot;: &quot;at+jwt&quot;')
  t.match(body, '<form class="actions" method="post" action="/logout?return_to=%2Fdemo%2Fbackend">')
})

test('the token itself is on no page', async t => {
  const token = await sign(good)
  const { body } = await visit(t, await issuer(t, token))
  t.notOk(body.includes(token.slice(-40)))
})

test('a browser that nobody is signed in with is offered to sign in', async t => {
  const { statusCode, body } = await visit(t, await issuer(t, await sign(good)), 'other')
  t.equal(statusCode, 200)
  t.match(body, 'Nobody is signed in here')
  t.match(body, 'href="/demo/sign-in?as=alice"')
})

test('a token that is not for this backend, here and now, is not believed', async t => {
  const other = await generateKeyPair('ES256')
  const { exp: _, ...endless } = good
  const wrong = {
    'another issuer': await sign({ ...good, iss: 'https://other.example' }),
    'another audience': await sign({ ...good, aud: 'https://other.example' }),
    expired: await sign({ ...good, exp: seconds }),
    'not valid yet': await sign({ ...good, nbf: seconds + 60 }),
    'without an end': await sign(endless),
    'an ID token': await sign(good, 'JWT'),
    'signed by another key': await sign(good, 'at+jwt', other.privateKey),
    'not a token': 'abc',
  }
  for (const [name, token] of Object.entries(wrong)) {
    const response = await visit(t, await issuer(t, token))
    t.match(response.json(), { code: 'unavailable' }, name)
    t.notMatch(response.body, 'Alice', name)
  }
})

test('a gateway that cannot be reached is said to be unavailable', async t => {
  const response = await visit(t, 'http://127.0.0.1:1')
  t.match(response.json(), { code: 'unavailable' })
})
