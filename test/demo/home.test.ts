import cookie from '@fastify/cookie'
import Fastify from 'fastify'
import { type Test, test } from 'tap'
import { readAnswer, writeAnswer } from '../../src/demo/answer.ts'
import { homeRoutes } from '../../src/demo/home.ts'
import { allMisdeeds } from '../../src/demo/misdeeds.ts'
import { now } from '../support/demo.ts'

const attempt = {
  traceId: 'T1',
  outcome: 'refused',
  code: 'audience_mismatch',
  title: 'For another audience',
  checks: [],
  at: now,
}

const build = async (t: Test, publicUrl = 'http://localhost:8080') => {
  const app = Fastify()
  t.teardown(() => app.close())
  await app.register(cookie)
  const connections = async () => ({ acme: 'c1' })
  homeRoutes(app, { publicUrl, connections, explain: async traceId => (traceId === 'T1' ? attempt : null) })
  return app
}

test('the home page has one way to begin and tells the live addresses', async t => {
  const { statusCode, body } = await (await build(t)).inject('/')
  t.equal(statusCode, 200)
  t.equal(body.match(/class="button"/g)?.length, 1)
  t.match(body, '<a class="button" href="/demo/sign-in?as=alice">Sign in as Alice</a>')
  for (const path of [
    'saml/c1/metadata',
    'saml/c1/acs',
    'gateway/verify',
    '.well-known/jwks.json',
    'demo/idp/acme/metadata',
  ]) {
    t.match(body, `<code>http://localhost:8080/${path}</code>`)
  }
  for (const [name] of allMisdeeds()) t.match(body, `href="/demo/sign-in?as=alice.${name}"`)
})

test('the one-click sign-in leaves the choice in a cookie for the identity provider and begins at the connection', async t => {
  const { statusCode, headers, cookies } = await (await build(t)).inject('/demo/sign-in?as=alice.wrong_audience')
  t.equal(statusCode, 303)
  t.equal(headers.location, '/login/c1?return_to=%2Fdemo%2Fbackend')
  t.match(cookies, [
    {
      name: 'demo_person',
      value: 'alice.wrong_audience',
      path: '/demo/idp',
      httpOnly: true,
      sameSite: 'Lax',
      maxAge: 60,
    },
  ])
  t.notOk(cookies[0]?.secure)
})

test('the cookie is secure where the service is', async t => {
  const { cookies } = await (await build(t, 'https://assay.example')).inject('/demo/sign-in?as=bob')
  t.equal(cookies[0]?.secure, true)
})

test('a sign-in as nobody, or at a company without a connection, is refused', async t => {
  const app = await build(t)
  for (const as of ['mallory', 'alice.', 'alice.none', 'alice.not_signed.x', 'constructor', 'alice.toString']) {
    t.match((await app.inject(`/demo/sign-in?as=${as}`)).json(), { code: 'invalid_request' }, as)
  }
  t.match((await app.inject('/demo/sign-in?as=alice&as=bob')).json(), { code: 'invalid_request' })
  t.match((await app.inject('/demo/sign-in?as=carol')).json(), { code: 'connection_not_found' })
})

test('an attempt that is known is explained, another is not found', async t => {
  const app = await build(t)
  t.match((await app.inject('/demo/explain/T1')).body, '<h1>For another audience</h1>')
  t.match((await app.inject('/demo/explain/T2')).json(), { code: 'not_found' })
})

test('an answer is read as it is written', async t => {
  for (const [misdeed] of allMisdeeds()) {
    t.same(readAnswer(writeAnswer({ person: 'carol', misdeed })), { person: 'carol', misdeed })
  }
  t.same(readAnswer(writeAnswer({ person: 'bob' })), { person: 'bob' })
})
