// The whole story, in the order in which it happens.

import { createRemoteJWKSet, jwtVerify } from 'jose'
import { test } from 'tap'
import { testApp } from './support/app.ts'
import { begin, deliver, openBrowser } from './support/browser.ts'
import { respond, testIdp } from './support/idp.ts'

test('a company connects its identity provider, Alice signs in, a backend trusts her token, she leaves', async t => {
  const { app, admin, log } = await testApp(t)
  const idp = testIdp()

  t.comment('An operator makes a client for the application and a connection for the company.')
  const client = {
    client_id: 'app',
    name: 'The app',
    audience: 'https://api.example',
    origins: ['https://app.example'],
  }
  t.equal((await admin('POST', '/clients', client)).status, 201)
  const made = await admin('POST', '/connections', {
    tenant: 'acme',
    name: 'Acme Entra ID',
    provider: 'entra-id',
    issuer: idp.issuer,
    sign_on_url: 'https://idp.example/sso?app=7',
    certificates: [idp.bareCertificate],
    domains: ['Acme.Example'],
    roles: [{ if: { groups: ['admins'] }, grant: ['admin'] }],
  })
  t.equal(made.status, 201)
  const { id, sp } = made.body
  t.equal(sp.entity_id, `https://sso.example/saml/${id}/metadata`)

  t.comment('Alice types her address; her browser is sent to her company with a signed request.')
  const browser = openBrowser(app)
  const asked = await browser.get(
    '/login?email=alice%40acme.example&return_to=https%3A%2F%2Fapp.example%2Finbox%3Fa%3D1',
  )
  t.equal(asked.statusCode, 302)
  const request = new URL(String(asked.headers.location))
  t.equal(request.origin + request.pathname, 'https://idp.example/sso')
  t.equal(request.searchParams.get('app'), '7', 'the query of the sign-on URL is kept')
  t.ok(request.searchParams.get('Signature'))
  const { requestId, relayState } = await begin(browser, id, '?return_to=https%3A%2F%2Fapp.example%2Finbox%3Fa%3D1')
  t.ok(relayState.length <= 80)

  t.comment('Her company vouches for her; she comes back to where she was going.')
  const response = respond(idp, { entityId: sp.entity_id, acsUrl: sp.acs_url }, requestId)
  const back = await deliver(browser, { id, entityId: sp.entity_id, acsUrl: sp.acs_url }, response, relayState)
  t.equal(back.statusCode, 303)
  t.equal(back.headers.location, 'https://app.example/inbox?a=1')

  t.comment('The gateway asks who she is, and hands the backend a token.')
  const verdict = await browser.get('/gateway/verify?client=app')
  t.equal(verdict.statusCode, 200)
  t.equal(verdict.headers['x-auth-email'], 'alice@acme.example')
  t.equal(verdict.headers['x-auth-roles'], 'admin')
  const token = String(verdict.headers.authorization).replace('Bearer ', '')

  t.comment('The backend knows nothing but the address of the key set.')
  await app.listen({ port: 0 })
  const address = app.server.address()
  const port = typeof address === 'object' ? address?.port : 0
  const keys = createRemoteJWKSet(new URL(`http://localhost:${port}/.well-known/jwks.json`))
  const options = {
    issuer: 'https://sso.example',
    audience: 'https://api.example',
    typ: 'at+jwt',
    algorithms: ['ES256'],
  }
  const { payload } = await jwtVerify(token, keys, options)
  t.match(payload, {
    client_id: 'app',
    tenant: 'acme',
    connection: id,
    email: 'alice@acme.example',
    groups: ['staff', 'admins'],
    roles: ['admin'],
    acr: 'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport',
  })
  t.equal((payload.exp ?? 0) - (payload.iat ?? 0), 300)

  t.comment('Tomorrow she has another address and is still the same person.')
  const again = openBrowser(app)
  const second = await begin(again, id)
  const attributes = { email: ['alice.married@acme.example'] }
  const other = respond(idp, { entityId: sp.entity_id, acsUrl: sp.acs_url }, second.requestId, { attributes })
  await deliver(again, { id, entityId: sp.entity_id, acsUrl: sp.acs_url }, other, second.relayState)
  t.equal((await again.get('/gateway/verify')).headers['x-auth-subject'], payload.sub)

  t.comment('She leaves; the cookie opens nothing any more.')
  const cookies = new Map(browser.cookies)
  const left = await browser.post(
    '/logout?return_to=https%3A%2F%2Fapp.example%2Fbye',
    {},
    { origin: 'https://app.example' },
  )
  t.equal(left.statusCode, 303)
  t.equal(left.headers.location, 'https://app.example/bye')
  for (const [name, value] of cookies) browser.cookies.set(name, value)
  t.equal((await browser.get('/gateway/verify?client=app')).statusCode, 401)

  t.comment('Nothing secret was written down.')
  const text = log.join('')
  const secrets = [token, response, relayState, ...cookies.values(), idp.bareCertificate.slice(0, 60), 'alice']
  for (const secret of secrets) t.notOk(text.includes(secret), secret.slice(0, 12))
})
