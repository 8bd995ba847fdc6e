// As it is run for people: over https, each party on a host of its own, Assay and the application below one domain (COOKIE_DOMAIN), the
// identity provider on another site, so that its response is a cross-site POST.

import { createHash, randomBytes, X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inflateRawSync } from 'node:zlib'
import { t as root, test } from 'tap'
import { readConfig } from '../../src/config.ts'
import { openHouse } from '../../src/house.ts'
import { openLog } from '../../src/log.ts'
import { testDatabase } from '../support/database.ts'
import { respond, testIdp } from '../support/idp.ts'
import { openBrowser, visit } from './browser.ts'
import { audience, keep, startProcess } from './gateway.ts'
import { openBackend } from './gateway-backend.ts'
import { shown, valuesOf } from './gateway-walk.ts'
import { closeServer, freePort, needPackages, run, temporaryFolder } from './support.ts'

await needPackages('caddy', 'openssl')
const home = await temporaryFolder(root)
const [port, tlsPort] = [await freePort(), await freePort()]
const at = (host: string) => `https://${host}:${tlsPort}`
const [assay, application, provider] = [at('sso.example.test'), at('app.example.test'), at('idp.other.test')]

const key = randomBytes(32).toString('hex')
const config = readConfig(
  {
    ...{ PORT: String(port), PUBLIC_URL: assay, COOKIE_DOMAIN: 'example.test', TRUSTED_PROXIES: '127.0.0.1' },
    ...{ DATABASE_URL: (await testDatabase(root)).url, ADMIN_API_KEY: key },
    ENCRYPTION_KEY: randomBytes(32).toString('base64'),
  },
  () => '',
)
if (Array.isArray(config)) throw new Error(JSON.stringify(config))
const house = await openHouse(config, { logger: openLog('debug', createWriteStream(join(home, 'service.log'))) })
root.teardown(() => house.close())
await house.app.listen({ port, host: '127.0.0.1' })

async function create(path: string, body: object): Promise<Record<string, unknown>> {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
  const url = `http://127.0.0.1:${port}/api/v1${path}`
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
  if (answer.status !== 201) throw new Error(await answer.text())
  return (await answer.json()) as Record<string, unknown>
}

const idp = testIdp(`${provider}/metadata`)
const made = await create('/connections', {
  ...{ tenant: 'acme', name: 'Acme', domains: ['acme.example'], issuer: idp.issuer },
  ...{ sign_on_url: `${provider}/sso`, certificates: [idp.certificate] },
})
const sp = made['sp'] as { entity_id: string; acs_url: string }
const connection = { id: String(made['id']), entityId: sp.entity_id, acsUrl: sp.acs_url }
await create('/clients', { client_id: 'app', name: 'The application', audience, origins: [application] })

// Knows who is there, and posts at once, as a provider does where a person is signed in already.
const posting = createServer((request, response) => {
  const { searchParams } = new URL(request.url ?? '', provider)
  const xml = inflateRawSync(Buffer.from(searchParams.get('SAMLRequest') ?? '', 'base64')).toString()
  const message = respond(idp, connection, / ID="([^"]+)"/.exec(xml)?.[1] ?? '')
  response.setHeader('content-type', 'text/html')
  response.end(`<form method="post" action="${connection.acsUrl}"><input name="SAMLResponse" value="${message}">
    <input name="RelayState" value="${searchParams.get('RelayState')}"></form><script>document.forms[0].submit()</script>`)
})
root.teardown(() => closeServer(posting))
posting.listen(0, '127.0.0.1')
await once(posting, 'listening')

const backend = await openBackend(root, assay, audience, `http://127.0.0.1:${port}`)
const names = ['subjectAltName=DNS:*.example.test,DNS:*.other.test']
const keyFile = join(home, 'tls.key')
const certificateFile = join(home, 'tls.crt')
const order = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2']
await run('openssl', [...order, '-subj', '/CN=test', '-addext', ...names, '-keyout', keyFile, '-out', certificateFile])
const tls = `tls ${certificateFile} ${keyFile}`
const example = await readFile(
  fileURLToPath(new URL('../../examples/gateways/caddy/Caddyfile', import.meta.url)),
  'utf8',
)
const site = (host: string, to: number) => `${host} {\n\t${tls}\n\treverse_proxy 127.0.0.1:${to}\n}\n`
const sites = [
  `{\n\tadmin off\n\tauto_https off\n}\n`,
  site(assay, port),
  site(provider, (posting.address() as AddressInfo).port),
  example
    .replace('http://localhost:8081 {', `${application} {\n\t${tls}`)
    .replaceAll('127.0.0.1:8080', `127.0.0.1:${port}`)
    .replaceAll('127.0.0.1:3000', `127.0.0.1:${backend.port}`),
]
const caddyfile = await keep(home, 'Caddyfile', sites.join('\n'))
await startProcess(root, ['caddy', 'run', '--adapter', 'caddyfile', '--config', caddyfile], home, tlsPort)

const { publicKey } = new X509Certificate(await readFile(certificateFile))
const pin = createHash('sha256')
  .update(publicKey.export({ type: 'spki', format: 'der' }))
  .digest('base64')
const browser = await openBrowser(
  root,
  '--host-resolver-rules=MAP *.test 127.0.0.1',
  `--ignore-certificate-errors-spki-list=${pin}`,
)

test('one sign-in over https serves every application below the domain, and nothing beside it', async t => {
  const { context, page } = await visit(t, browser)
  const [begun, posted] = [
    page.waitForResponse(answer => answer.url().startsWith(`${assay}/login`) && answer.status() === 302),
    page.waitForRequest(connection.acsUrl),
  ]
  const passed: string[] = []
  page.on('framenavigated', frame => passed.push(new URL(frame.url()).origin))
  await page.goto(`${application}/reports?year=2026`)
  await page.waitForURL(`${application}/reports?year=2026`)
  t.same(passed, [provider, application], 'nobody is asked anything')
  const seen = await shown(page)
  t.match(seen.claims, { iss: assay, aud: audience, tenant: 'acme' })
  t.same(valuesOf(seen, 'cookie').join(), '', 'no cookie of ours reaches the application')

  const cookies = await context.cookies()
  t.match(
    cookies.find(({ name }) => name === '__Secure-assay_session'),
    { domain: '.example.test', secure: true, httpOnly: true, sameSite: 'Lax', path: '/' },
  )
  const login = String(await (await begun).headerValue('set-cookie'))
  const said = login.split('; ').map(one => one.replace(/=[A-Za-z0-9_-]{43}$|=\d+$/, ''))
  t.same(said.sort(), ['HttpOnly', 'Max-Age', 'Path=/', 'SameSite=None', 'Secure', '__Host-assay_login'])
  t.equal((await (await posted).allHeaders())['cookie'], login.split(';')[0], 'and it comes along from another site')
  t.same(await context.cookies(provider), [], 'the other site knows nothing of it')
})

test('who has signed out at Assay signs in anew at the application', async t => {
  const { context, page } = await visit(t, browser)
  await page.goto(application)
  await page.waitForURL(({ origin }) => origin === application)
  let posted = 0
  page.on('request', request => {
    if (request.method() === 'POST' && request.url() === connection.acsUrl) posted += 1
  })
  await page.goto(`${assay}/logout`)
  t.notOk((await context.cookies()).some(({ name }) => name.includes('session')))
  await page.goto(application)
  await page.waitForURL(({ origin }) => origin === application)
  t.equal(posted, 1)
})
