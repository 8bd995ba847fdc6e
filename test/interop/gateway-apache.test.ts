// Apache is not asked about each request as the other gateways are: it is a client of the code flow, with a session of its own.

import { t as root, test } from 'tap'
import { openBrowser, visit } from './browser.ts'
import { audience, keep, openGateway } from './gateway.ts'
import { ask, asked, forged, json, page, shown, signInAt, valuesOf, webSocket } from './gateway-walk.ts'
import { needPackages } from './support.ts'

const modules = 'mpm_event authn_core authz_core authz_user headers proxy proxy_http rewrite setenvif auth_openidc'

await needPackages('apache2', 'libapache2-mod-auth-openidc')
const browser = await openBrowser(root)
const stage = await openGateway(
  root,
  'apache',
  async (home, example, secret) => {
    const site = (await example('assay.conf')).replace('the-secret-that-the-admin-api-showed-once', secret)
    const load = modules.split(' ').map(one => `LoadModule ${one}_module /usr/lib/apache2/modules/mod_${one}.so`)
    const main = ['ServerRoot /etc/apache2', `PidFile ${home}/apache.pid`, `DefaultRuntimeDir ${home}`]
    const rest = [
      'ErrorLog /dev/stderr',
      'ServerName localhost',
      'User www-data',
      'Group www-data',
      'StartServers 1',
      `Include ${await keep(home, 'assay.conf', site)}`,
    ]
    return ['apache2', '-DFOREGROUND', '-f', await keep(home, 'apache.conf', [...main, ...load, ...rest].join('\n'))]
  },
  gateway => ({ confidential: true, redirect_uris: [`${gateway}/oidc/callback`], token_ttl: 900 }),
)
const { backend, gateway, publicUrl } = stage

test('nobody gets through while Assay is away from the start', async t => {
  for (const line of ['nobody', 503] as const) {
    stage.line.set(line)
    const { status } = await ask(stage, { headers: [page] })
    t.ok(status >= 500, `${line}: ${status}`)
    t.equal((await ask(stage, { headers: [json] })).status, 401)
  }
  stage.line.set('assay')
  t.equal(backend.seen.length, 0)
})

test('a person without a session goes through the code flow, and back to exactly the page they asked for', async t => {
  const { context, page: window } = await visit(t, browser)
  await context.addCookies([{ name: 'theirs', value: 'kept', url: gateway }])
  const url = `${gateway}${asked}`
  await window.goto(url)
  t.match(window.url(), `${publicUrl}/authorize?`)
  t.equal(backend.seen.length, 0, 'nothing has reached the backend')
  await signInAt(window, 'Alice Ito')
  await window.waitForURL(({ href }) => href === url)
  const seen = await shown(window)
  t.equal(seen.url, asked)
  t.match(seen.claims, {
    iss: publicUrl,
    aud: audience,
    client_id: 'app',
    email: 'alice@acme.example',
    roles: ['admin'],
  })
  t.same(valuesOf(seen, 'cookie'), ['theirs=kept'], 'neither its own session nor ours')
  t.same(valuesOf(seen, 'authorization').length, 1)
  t.notMatch(JSON.stringify(seen.headers), /oidc/i)
  const cookies = await context.cookies(gateway)
  stage.cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  t.match(stage.cookie, /app_session=/)
})

test('what a client says in X-Auth-anything and Authorization never gets through, in no spelling', async t => {
  const session: [string, string] = ['Cookie', stage.cookie]
  const before = backend.seen.length
  t.equal((await ask(stage, { headers: [json, ['Authorization', 'Bearer forged']] })).status, 401)
  for (const [name, value] of forged.filter(([name]) => name !== 'Authorization'))
    t.equal((await ask(stage, { headers: [session, [name, value]] })).status, 400, name)
  t.equal(backend.seen.length, before)
  const own = ['Authorization', 'authorization', 'OIDC_access_token', 'OIDC-Access-Token', 'X-Forwarded-Host', 'X_AUTH']
  for (const name of own) {
    const { status } = await ask(stage, { headers: [session, [name, 'forged']] })
    t.equal(status, 200, name)
    const seen = backend.seen.at(-1)
    t.match(seen?.claims, { email: 'alice@acme.example' }, name)
    if (name !== 'X_AUTH') t.notMatch(JSON.stringify(seen?.headers), /forged/, name)
  }
})

test('a program is told 401; what is posted without a session reaches nobody', async t => {
  const before = backend.seen.length
  for (const method of ['GET', 'POST', 'DELETE']) t.equal((await ask(stage, { method, headers: [json] })).status, 401)
  t.equal((await ask(stage, { headers: [json, ['Cookie', 'app_session=x']] })).status, 401)
  const posted = await ask(stage, { method: 'POST', path: '/orders', headers: [page], body: 'a=1' })
  t.equal(posted.status, 302)
  t.match(posted.headers.location, `${publicUrl}/authorize?`)
  const planted = await ask(stage, { path: '/oidc/callback?code=x&state=y', headers: [page] })
  t.notOk(planted.headers['set-cookie']?.some(cookie => /app_session=./.test(cookie)))
  t.equal((await ask(stage, { headers: [page, ['Host', 'evil.example']] })).status, 400)
  t.equal(backend.seen.length, before)
})

webSocket(stage)

test('people of a connection that the client does not accept do not get in', async t => {
  const { items } = (await stage.api('GET', '/connections?tenant=globex')) as { items: { id: string }[] }
  await stage.api('PATCH', '/clients/app', { connections: items.map(({ id }) => id) })
  const before = backend.seen.length
  const { context, page: window } = await visit(t, browser)
  const [, value = ''] = /assay_session=([^;]+)/.exec(stage.cookie) ?? []
  await context.addCookies([{ name: 'assay_session', value, url: publicUrl }])
  await window.goto(`${gateway}/`)
  t.match(window.url(), `${publicUrl}/demo/idp/globex/`, 'the session of another company is not enough')
  t.equal(backend.seen.length, before)
})
