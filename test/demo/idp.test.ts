import { deflateRawSync } from 'node:zlib'
import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import Fastify from 'fastify'
import { type Test, test } from 'tap'
import { idpRoutes } from '../../src/demo/idp.ts'
import { authnRequestXml } from '../../src/saml/authn-request.ts'
import { keyDeps } from '../support/demo.ts'

const publicUrl = 'http://localhost:8080'
const acsUrl = `${publicUrl}/saml/c1/acs`
const request = authnRequestXml({
  id: '_abc',
  acsUrl,
  spEntityId: `${publicUrl}/saml/c1/metadata`,
  issueInstant: Date.parse('2026-11-23T16:40:12Z'),
  destination: `${publicUrl}/demo/idp/acme/sso`,
  forceAuthn: false,
  nameIdFormat: null,
  requestedAuthnContext: [],
})
const posted = Buffer.from(request).toString('base64')
const query = new URLSearchParams({ SAMLRequest: deflateRawSync(request).toString('base64'), RelayState: 'r&"1' })
const refused = { code: 'invalid_request' }
const form = { 'content-type': 'application/x-www-form-urlencoded' }

const build = async (t: Test, more: { acsOrigins?: string[] } = {}) => {
  const app = Fastify()
  t.teardown(() => app.close())
  await app.register(cookie)
  await app.register(formbody)
  idpRoutes(app, { ...keyDeps(t.testdir()), publicUrl, ...more })
  return app
}

const responseIn = (page: string): string => {
  const encoded = /name="SAMLResponse" value="([^"]+)"/.exec(page)?.[1] ?? ''
  return Buffer.from(encoded, 'base64').toString('utf8')
}

const answer = (fields: Record<string, string>) => {
  return {
    method: 'POST',
    url: '/demo/idp/acme/sso/answer',
    headers: form,
    payload: new URLSearchParams(fields).toString(),
  } as const
}

test('a request by redirect is asked who it is, and the form keeps the request and the RelayState', async t => {
  const app = await build(t)
  const { statusCode, body } = await app.inject(`/demo/idp/acme/sso?${query}`)
  t.equal(statusCode, 200)
  for (const name of ['Alice Ito', 'Bob Okafor']) t.match(body, `Sign in as ${name}`)
  t.notMatch(body, 'Carol')
  t.match(body, `action="${publicUrl}/demo/idp/acme/sso/answer"`)
  t.match(body, `name="SAMLRequest" value="${posted}"`)
  t.match(body, 'name="RelayState" value="r&amp;&quot;1"')
})

test('a request by post is asked who it is', async t => {
  const app = await build(t)
  const payload = new URLSearchParams({ SAMLRequest: posted }).toString()
  const { statusCode, body } = await app.inject({ method: 'POST', url: '/demo/idp/globex/sso', headers: form, payload })
  t.equal(statusCode, 200)
  t.match(body, 'Sign in as Carol Lindqvist')
})

test('the answer is posted to the service with the RelayState, in the name of the person chosen', async t => {
  const app = await build(t)
  const { body } = await app.inject(answer({ SAMLRequest: posted, RelayState: 'r1', answer: 'bob' }))
  t.match(body, `<form method="post" action="${acsUrl}" data-submit>`)
  t.match(body, 'name="RelayState" value="r1"')
  t.match(responseIn(body), '>bob@acme.example</saml:NameID>')
  t.match(responseIn(body), 'InResponseTo="_abc"')
})

test('a misdeed that is chosen is done', async t => {
  const app = await build(t)
  const { body } = await app.inject(answer({ SAMLRequest: posted, answer: 'alice.not_signed' }))
  t.notMatch(responseIn(body), '<ds:Signature')
})

test('a choice that the home page has left in the cookie is taken at once, and only once', async t => {
  const app = await build(t)
  const response = await app.inject({ url: `/demo/idp/acme/sso?${query}`, cookies: { demo_person: 'alice' } })
  t.match(responseIn(response.body), '>alice@acme.example</saml:NameID>')
  t.match(response.cookies, [{ name: 'demo_person', value: '', path: '/demo/idp' }])
})

test('nobody signs in at a company where they do not work', async t => {
  const app = await build(t)
  const asked = await app.inject({ url: `/demo/idp/acme/sso?${query}`, cookies: { demo_person: 'carol' } })
  t.match(asked.body, 'Who are you today?')
  const response = await app.inject(answer({ SAMLRequest: posted, answer: 'carol' }))
  t.match(response.json(), { code: 'invalid_request' })
})

test('an answer goes to no other service, also when the form was changed', async t => {
  const app = await build(t)
  const other = Buffer.from(request.replaceAll(acsUrl, 'https://evil.example/acs')).toString('base64')
  const response = await app.inject(answer({ SAMLRequest: other, answer: 'alice' }))
  t.match(response.json(), { code: 'invalid_request' })
})

test('an identity provider of its own origin answers to the services it is told of', async t => {
  const elsewhere = await build(t, { acsOrigins: ['https://assay.example'] })
  const other = Buffer.from(request.replaceAll(acsUrl, 'https://assay.example/acs')).toString('base64')
  const { body } = await elsewhere.inject(answer({ SAMLRequest: other, answer: 'alice' }))
  t.match(body, '<form method="post" action="https://assay.example/acs" data-submit>')
  t.match((await elsewhere.inject(answer({ SAMLRequest: posted, answer: 'alice' }))).json(), refused)
  t.match((await elsewhere.inject(`/demo/idp/acme/sso?${query}`)).json(), refused)
})

test('a company that does not exist has no identity provider', async t => {
  const app = await build(t)
  for (const tenant of ['initech', '__proto__', 'constructor']) {
    t.match((await app.inject(`/demo/idp/${tenant}/metadata`)).json(), { code: 'not_found' })
  }
})

test('a request or a RelayState that is there twice is refused', async t => {
  const app = await build(t)
  for (const twice of [`${query}&RelayState=x`, `${query}&SAMLRequest=x`]) {
    t.match((await app.inject(`/demo/idp/acme/sso?${twice}`)).json(), { code: 'invalid_request' })
  }
})

test('the metadata is served as SAML metadata', async t => {
  const app = await build(t)
  const { headers, body } = await app.inject('/demo/idp/acme/metadata')
  t.equal(headers['content-type'], 'application/samlmetadata+xml')
  t.match(body, `entityID="${publicUrl}/demo/idp/acme/metadata"`)
})
