// After a change at the identity provider: the customer's IT admin trusts the next certificate through a link, and nobody else does.

import { X509Certificate } from 'node:crypto'
import { t as root, test } from 'tap'
import { selfSignedCertificate } from '../../src/saml/certificate.ts'
import { testApp } from '../support/app.ts'
import { connect, logIn, openBrowser, type TestConnection, whyRefused } from '../support/browser.ts'
import { testIdp } from '../support/idp.ts'

const service = testApp(root)
const [idp, next] = [testIdp(), testIdp()]
const page = { accept: 'text/html' }
const sha256 = new X509Certificate(next.certificate).fingerprint256.replaceAll(':', '').toLowerCase()
const pairs = sha256.match(/../g)?.join(':')

// A connection at which three people were refused since its provider signs with another key.
async function rotated() {
  const { app } = await service
  const connection = await connect(app, idp)
  const moved = { ...next, issuer: idp.issuer }
  await logIn(openBrowser(app), idp, connection)
  for (const nameId of ['alice', 'bob', 'carol'])
    await whyRefused(app, await logIn(openBrowser(app), moved, connection, { nameId }))
  return { connection, moved }
}

// A browser in which a link to this connection, or to none, was opened.
async function opened(connection?: TestConnection) {
  const { app, admin } = await service
  const about = connection ? { connection: connection.id } : {}
  const { body: link } = await admin('POST', '/setup-links', { tenant: 'acme', ...about })
  const browser = openBrowser(app)
  await browser.get(new URL(link.url).pathname, page)
  const shown = await browser.get('/setup/provider', page)
  const form_token = /name="form_token" value="([\w-]{43})"/.exec(shown.body)?.[1] ?? ''
  return { browser, link, form_token }
}

test('the IT admin sees who was refused and the certificates side by side, and trusts the next one', async t => {
  const { app, admin } = await service
  const { connection, moved } = await rotated()
  const { browser, link, form_token } = await opened(connection)
  t.equal((await browser.get('/setup', page)).headers['location'], '/setup/certificates', 'what they came for')
  const { body } = await browser.get('/setup/certificates', page)
  t.match(body, /3 sign-ins were refused/)
  for (const one of [idp, next]) t.match(body, new X509Certificate(one.certificate).fingerprint256.toLowerCase())

  const form = { form_token, sha256, version: '1' }
  const answer = await browser.post('/setup/certificates', form, page)
  t.match(answer, { statusCode: 303, headers: { location: '/setup/certificates?approved' } })
  const after = (await browser.get('/setup/certificates?approved', page)).body
  t.match(after, 'is trusted from now on')
  t.match(after, 'Nobody is refused because of a certificate')
  for (const one of [moved, idp]) t.equal((await logIn(openBrowser(app), one, connection)).statusCode, 303)
  const { items } = (await admin('GET', `/audit-events?subject_id=${connection.id}`)).body
  t.match(items[0], { action: 'connection.signer_approved', actor: `setup-link:${link.id}`, trust: true })
  t.match((await admin('GET', `/connections/${connection.id}`)).body.idp.certificates, [
    { source: 'given' },
    { source: 'approved', sha256 },
  ])
})

test('nobody trusts a certificate without a link to that very connection, its form, and its newest version', async t => {
  const { app, admin } = await service
  const { connection } = await rotated()
  const other = await rotated()
  const status = async ({ browser, form_token }: Awaited<ReturnType<typeof opened>>, change: object = {}) =>
    (await browser.post('/setup/certificates', { form_token, sha256, version: '1', ...change }, page)).statusCode
  const setUp = await opened(connection)
  t.equal(await status(setUp, { form_token: 'A'.repeat(43) }), 403)
  t.equal(await status(setUp, { form_token: (await opened(connection)).form_token }), 403)
  t.equal(await status(setUp, { version: '7' }), 412)
  t.equal(await status(setUp, { version: '' }), 412)
  t.equal(await status(setUp, { sha256: 'f'.repeat(64) }), 404)
  t.equal(await status({ ...setUp, browser: openBrowser(app) }), 401)
  t.equal(await status(await opened()), 404, 'a link to a connection that is not there yet')
  t.equal((await setUp.browser.get(`/setup/certificates?sha256=${sha256}&version=1`, page)).statusCode, 200)
  await admin('PATCH', `/connections/${connection.id}`, { tenant: 'globex' })
  t.equal(await status(setUp, { version: '2' }), 401, 'a connection that is another tenant’s now')
  await admin('PATCH', `/connections/${connection.id}`, { tenant: 'acme' })
  await admin('DELETE', `/setup-links/${setUp.link.id}`)
  t.equal(await status(setUp), 401, 'a link that was taken back')
  for (const one of [connection, other.connection])
    t.match((await admin('GET', `/connections/${one.id}/unknown-signers`)).body.items, [{ sha256, fingerprint: pairs }])
  t.equal(await status(await opened(other.connection)), 303)
  t.equal((await admin('GET', `/connections/${connection.id}`)).body.version, 3, 'the other one is as it was')
})

test('what a stranger calls itself hides nothing and turns nothing round', async t => {
  const { app } = await service
  const connection = await connect(app, idp)
  const days = (count: number) => new Date(Date.now() + count * 86_400_000)
  const certificate = selfSignedCertificate({
    ...{ subject: 'Acme \u202Eretfa\u2066 \u200Bgood', publicKey: next.publicKey, privateKey: next.privateKey },
    ...{ serial: Buffer.of(2), notBefore: days(-1), notAfter: days(1) },
  })
  const bareCertificate = certificate.replace(/-----[^-]+-----|\s/g, '')
  await logIn(openBrowser(app), { ...next, issuer: idp.issuer, certificate, bareCertificate }, connection)
  const { browser } = await opened(connection)
  const { body } = await browser.get('/setup/certificates', page)
  t.match(body, 'CN=Acme ?retfa? ?good')
  t.notMatch(body, /[\u202E\u2066\u200B]/)
})
