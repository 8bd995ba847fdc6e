// What must hold behind every gateway, whichever it is.

import { request as httpRequest, type IncomingMessage } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, Page } from 'playwright-core'
import { t as root } from 'tap'
import { openBrowser, visit } from './browser.ts'
import { audience, type Command, type GatewayStage, openGateway } from './gateway.ts'
import type { Seen } from './gateway-backend.ts'
import { needPackages } from './support.ts'

/** An answer as it came over the wire. */
export interface Raw {
  status: number
  headers: IncomingMessage['headers']
  body: string
}

/** A request as it is written on the wire: header names and their order are kept. */
export interface RawRequest {
  method?: string
  path?: string
  headers?: [string, string][]
  body?: string | Buffer
}

/** Asks the gateway without a browser. */
export function ask({ gateway }: Pick<GatewayStage, 'gateway'>, request: RawRequest = {}): Promise<Raw> {
  const { method = 'GET', path = '/', headers = [], body } = request
  const { host, port } = new URL(gateway)
  const length: [string, string][] = body === undefined ? [] : [['Content-Length', String(Buffer.byteLength(body))]]
  const all = [['Host', host], ...headers, ...length].flat()
  return new Promise((resolve, reject) => {
    const sent = httpRequest({ host: '127.0.0.1', port, method, path, headers: all, agent: false }, async response => {
      const chunks: Buffer[] = []
      for await (const chunk of response) chunks.push(chunk)
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks).toString() })
    })
    sent.on('error', reject).end(body)
  })
}

/** Goes through the sign-in as a person of Acme, from wherever the gateway has sent the page. */
export async function signInAt(page: Page, name: string): Promise<void> {
  await page.fill('input[name=email]', 'alice@acme.example')
  await page.press('input[name=email]', 'Enter')
  await page.getByRole('button', { name: `Sign in as ${name}` }).click()
}

/** What the backend shows on the page. */
export async function shown(page: Page): Promise<Seen> {
  return JSON.parse((await page.textContent('pre')) ?? '') as Seen
}

/** A path and query with what gateways and browsers spell differently. */
export const asked =
  '/reports/a%20b/%C3%A9%2Fx;v=1/?year=2026&part=a%26b&q={x}|y^z~!$*(),:@&plus=a+b&empty=&quote=%22%27'
/** What a browser asks for when a person goes somewhere. */
export const page: [string, string] = ['Accept', 'text/html,application/xhtml+xml,*/*;q=0.8']
/** What a program asks for. */
export const json: [string, string] = ['Accept', 'application/json']

/** Runs all tests for one gateway; `packages` are Debian's. Further tests of it come after; somebody has signed in by then. */
export async function tryGateway(name: string, packages: readonly string[], command: Command) {
  await needPackages(...packages)
  const browser = await openBrowser(root)
  const stage = await openGateway(root, name, command)
  const { page: window } = await visit(root, browser)
  walk(stage, window)
  forgeries(stage)
  programs(stage)
  webSocket(stage)
  sizes(stage)
  omitted(stage, browser)
  trust(stage, browser)
  notAccepted(stage)
  away(stage)
  return stage
}

// An empty header says as little as none.
const namesOf = ({ headers }: Seen) => headers.flatMap(([name, value]) => (value === '' ? [] : [name]))
/** The values of a header that reached the backend. */
export const valuesOf = ({ headers }: Seen, wanted: string) =>
  headers.filter(([name]) => name === wanted).map(([, value]) => value)
const bearer = ({ headers }: Seen) => headers.filter(([name]) => name === 'authorization')

function walk(stage: GatewayStage, window: Page) {
  root.test(
    'a person without a session is led to the sign-in, and back to exactly the page they asked for',
    async t => {
      const url = `${stage.gateway}${asked}`
      await window.context().addCookies([{ name: 'theirs', value: 'kept', url: stage.gateway }])
      await window.goto(url)
      t.match(window.url(), `${stage.publicUrl}/login?client=app&return_to=`)
      t.equal(stage.backend.seen.length, 0, 'nothing has reached the backend')
      await signInAt(window, 'Alice Ito')
      await window.waitForURL(({ href }) => href === url)
      t.equal(window.url(), url)
      const seen = await shown(window)
      t.equal(seen.url, asked)
      t.match(seen.claims, { iss: stage.publicUrl, aud: audience, email: 'alice@acme.example', roles: ['admin'] })
      t.equal(bearer(seen).length, 1)
      t.same(valuesOf(seen, 'cookie'), ['theirs=kept'], 'the application’s cookie comes through, Assay’s do not')
      t.same(valuesOf(seen, 'x-auth-email'), ['alice@acme.example'])
      t.same(valuesOf(seen, 'x-auth-subject'), [seen.claims?.sub])

      const cookies = await window.context().cookies(stage.publicUrl)
      stage.cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')

      await window.goto(`${stage.gateway}/raw?back=\\x`)
      t.equal((await shown(window)).url, '/raw?back=\\x')
    },
  )
}

/** Headers that a client might be believed by. */
export const forged: [string, string][] = [
  ['Authorization', 'Bearer forged'],
  ...['X-Auth-Subject', 'x-auth-subject', 'X-AUTH-EMAIL', 'X-Auth-Roles', 'X-Auth-Tenant', 'X-Auth-Anything'].map(
    (name): [string, string] => [name, 'forged'],
  ),
  ...['X-Auth-Omitted', 'x-auth-login', 'X_Auth_Omitted'].map((name): [string, string] => [name, 'forged']),
  ...['X_Auth_Subject', 'X-Auth_Email', 'x_auth-roles', 'X_AUTH_TENANT', 'X_Auth_Anything'].map(
    (name): [string, string] => [name, 'forged'],
  ),
]

function forgeries(stage: GatewayStage) {
  root.test('a client’s own X-Auth-anything and Authorization never get through, in no spelling', async t => {
    const { backend } = stage
    const twice = [...forged, ['authorization', 'Basic forged'] as [string, string]]
    const doubled = await ask(stage, { headers: [...twice, ['Cookie', stage.cookie]] })
    t.ok(doubled.status === 400 || !JSON.stringify(backend.seen.at(-1)).includes('forged'), `${doubled.status}`)
    for (const headers of [forged, [...forged].reverse()]) {
      const before = backend.seen.length
      t.equal((await ask(stage, { headers: [json, ...headers] })).status, 401)
      t.equal(backend.seen.length, before, 'forged headers are no session')
      const answer = await ask(stage, { headers: [...headers, ['Cookie', stage.cookie]] })
      t.equal(answer.status, 200)
      t.notOk(answer.headers['authorization'] || answer.headers['x-auth-subject'], 'and the client sees no token')
      const seen = backend.seen.at(-1)
      t.match(seen?.claims, { email: 'alice@acme.example' })
      t.notMatch(JSON.stringify(seen?.headers), /forged/)
      const names = seen ? namesOf(seen).filter(one => /auth/.test(one.replaceAll('_', '-'))) : []
      t.same(names.sort(), ['authorization', 'x-auth-email', 'x-auth-roles', 'x-auth-subject', 'x-auth-tenant'])
    }
    const [session = ''] = /assay_session=[^;]+/.exec(stage.cookie) ?? []
    for (const sent of [
      [`${session}; theirs=1`],
      [`theirs=1; ${session}`],
      ['theirs=1', session],
      [`a=1;${session};theirs=1; assay_login=x; __Host-${session}`],
      [`theirs=assay_session; my_assay_session=1; ${session}`],
    ]) {
      t.equal((await ask(stage, { headers: sent.map(value => ['Cookie', value]) })).status, 200)
      const got = valuesOf(backend.seen.at(-1) as Seen, 'cookie').join('; ')
      t.notMatch(got, session.replace('assay_session=', ''), got)
      t.match(got, /theirs=/, got)
    }
    t.match(valuesOf(backend.seen.at(-1) as Seen, 'cookie').join(), /^theirs=assay_session; my_assay_session=1$/)
  })
}

function programs(stage: GatewayStage) {
  root.test('a program is told 401; what is posted without a session reaches nobody', async t => {
    const { backend } = stage
    const before = backend.seen.length
    for (const accept of [json, ['Accept', '*/*'] as [string, string]]) {
      const answer = await ask(stage, { headers: [accept, ['X-Requested-With', 'XMLHttpRequest']] })
      t.equal(answer.status, 401)
      t.notOk(answer.headers.location)
    }
    t.equal((await ask(stage)).status, 401)
    const headers: [string, string][] = [['Content-Type', 'application/json']]
    t.equal((await ask(stage, { method: 'POST', headers: [json, ...headers], body: '{}' })).status, 401)
    t.equal((await ask(stage, { method: 'DELETE', headers: [json] })).status, 401)
    t.equal((await ask(stage, { headers: [json, ['Cookie', 'assay_session=x']] })).status, 401)
    const form: [string, string][] = [page, ['Content-Type', 'application/x-www-form-urlencoded']]
    const posted = await ask(stage, { method: 'POST', path: '/orders?id=7', headers: form, body: 'a=1' })
    t.equal(posted.status, 302)
    t.match(posted.headers['cache-control'], 'no-store')
    const login = new URL(String(posted.headers.location))
    t.equal(login.searchParams.get('return_to'), `${stage.gateway}/orders?id=7`)
    t.equal(backend.seen.length, before)

    const body = Buffer.alloc(300_000, 'a')
    const accepted = await ask(stage, { method: 'PUT', path: '/orders/7', headers: [['Cookie', stage.cookie]], body })
    t.equal(accepted.status, 200)
    t.match(backend.seen.at(-1), { method: 'PUT', url: '/orders/7', body: body.length })
    t.equal(
      (await ask(stage, { path: '/failing', headers: [['Cookie', stage.cookie]] })).status,
      500,
      'its own errors are told',
    )
  })
}

/** Tries a WebSocket with and without a session. */
export function webSocket(stage: GatewayStage) {
  const upgrade: [string, string][] = [
    ['Connection', 'Upgrade'],
    ['Upgrade', 'websocket'],
    ['Sec-WebSocket-Version', '13'],
    ['Sec-WebSocket-Key', 'dGhlIHNhbXBsZSBub25jZQ=='],
  ]
  root.test('a WebSocket opens with a session only', async t => {
    const { host, port } = new URL(stage.gateway)
    t.equal((await ask(stage, { path: '/socket', headers: upgrade })).status, 401)
    const headers = [['Host', host], ...upgrade, ['Cookie', stage.cookie]].flat()
    const text = await new Promise<string>((resolve, reject) => {
      const sent = httpRequest({ host: '127.0.0.1', port, path: '/socket', headers, agent: false })
      sent.on('error', reject).on('response', response => reject(new Error(`no upgrade: ${response.statusCode}`)))
      sent.on('upgrade', (_, socket, head) => {
        const take = (bytes: Buffer) => {
          socket.destroy()
          resolve(bytes.subarray(2).toString())
        }
        if (head.length > 0) take(head)
        else socket.once('data', take)
      })
      sent.end()
    })
    t.equal(text, 'alice@acme.example')
  })
}

function sizes(stage: GatewayStage) {
  root.test('large cookies and addresses come through whole, or not at all', async t => {
    const { backend } = stage
    const large = `theirs=${'x'.repeat(5000)}`
    const path = `/?q=${'y'.repeat(3000)}`
    t.equal((await ask(stage, { path, headers: [['Cookie', `${large}; ${stage.cookie}`]] })).status, 200)
    const seen = backend.seen.at(-1) as Seen
    t.ok(valuesOf(seen, 'cookie').join().startsWith(`${large};`), 'the cookie, whole')
    t.ok(seen.url === path, 'the address, whole')
    const stranger = await ask(stage, { path: `/long?q=${'y'.repeat(3000)}`, headers: [page] })
    t.equal(new URL(String(stranger.headers.location)).searchParams.get('return_to'), `${stage.gateway}/long`)
    const before = backend.seen.length
    const tooLarge = await ask(stage, { headers: [['Cookie', `theirs=${'x'.repeat(60_000)}; ${stage.cookie}`]] }).catch(
      () => null,
    )
    t.ok(tooLarge === null || tooLarge.status >= 400, `${tooLarge?.status}`)
    t.equal(backend.seen.length, before)
  })
}

function omitted(stage: GatewayStage, browser: Browser) {
  root.test('roles that fit no header are in the token, and a header names what is left out', async t => {
    const { items } = (await stage.api('GET', '/connections?tenant=acme')) as { items: { id: string }[] }
    const grant = Array.from({ length: 40 }, (_, at) => `a-role-${'with-a-long-name-'.repeat(4)}${at}`)
    await stage.api('PATCH', `/connections/${items[0]?.id}`, {
      roles: [{ if: { email: ['alice@acme.example'] }, grant }],
    })
    const { page: window } = await visit(t, browser)
    await window.goto(stage.gateway)
    await signInAt(window, 'Alice Ito')
    await window.waitForURL(({ origin }) => origin === stage.gateway)
    const seen = await shown(window)
    t.same(valuesOf(seen, 'x-auth-omitted'), ['roles'])
    t.same(
      valuesOf(seen, 'x-auth-roles').filter(value => value !== ''),
      [],
    )
    t.same((seen.claims?.['roles'] as string[]).toSorted(), grant.toSorted())
  })
}

function trust(stage: GatewayStage, browser: Browser) {
  root.test('what is said of the way back counts from TRUSTED_PROXIES only, and never from the client', async t => {
    const returnTo = async (headers: [string, string][] = []) => {
      const { headers: answer } = await ask(stage, { path: '/a?b=c', headers: [page, ...headers] })
      return new URL(String(answer.location)).searchParams.get('return_to')
    }
    t.equal(await returnTo(), `${stage.gateway}/a?b=c`)
    const evil = 'evil.example'
    const said: [string, string][] = [
      ['X-Original-URL', `https://${evil}/`],
      ['X-Forwarded-Proto', 'https'],
      ['X-Forwarded-Host', evil],
      ['X-Forwarded-Uri', '/evil'],
      ['Forwarded', `host=${evil};proto=https`],
      ['X-Auth-Login', `https://${evil}/`],
    ]
    t.equal(await returnTo(said), `${stage.gateway}/a?b=c`, 'the gateway says it itself')
    stage.line.trusted = false
    stage.line.set('assay')
    t.equal(await returnTo(said), null)
    stage.line.trusted = true
    stage.line.set('assay')

    // What a gateway makes of a foreign Host is its own affair; it must lead neither there nor to the backend.
    const before = stage.backend.seen.length
    const { page: window } = await visit(t, browser)
    const headers = { host: evil, accept: 'text/html' }
    const wrong = await window.request.get(`${stage.gateway}/`, { headers, maxRedirects: 5 })
    t.ok([stage.gateway, stage.publicUrl].includes(new URL(wrong.url()).origin), wrong.url())
    t.equal(stage.backend.seen.length, before)
  })
}

function notAccepted(stage: GatewayStage) {
  root.test('people of a connection that the client does not accept are told 403', async t => {
    const { items } = (await stage.api('GET', '/connections?tenant=globex')) as { items: { id: string }[] }
    await stage.api('PATCH', '/clients/app', { connections: items.map(({ id }) => id) })
    const status = async () => (await ask(stage, { headers: [['Cookie', stage.cookie]] })).status
    t.equal(await until(status, 403), 403)
    const before = stage.backend.seen.length
    const refused = await ask(stage, { headers: [page, ['Cookie', stage.cookie]] })
    t.equal(refused.status, 403)
    t.match(refused.headers['x-auth-login'], `${stage.publicUrl}/login?client=app`, 'the way on')
    t.notOk(refused.headers.location)
    t.equal(stage.backend.seen.length, before)
    await stage.api('PATCH', '/clients/app', { connections: [] })
    t.equal(await until(status, 200), 200)
  })
}

/** Asks until the status is `wanted`, as what the service keeps in memory may be a few seconds old; answers the last one. */
export async function until(status: () => Promise<number>, wanted: number): Promise<number> {
  for (let tries = 0; tries < 60 && (await status()) !== wanted; tries += 1) await sleep(100)
  return status()
}

function away(stage: GatewayStage) {
  root.test('nobody gets through while Assay is away, silent or failing: 503, or Assay’s own error', async t => {
    const before = stage.backend.seen.length
    for (const line of ['nobody', 500, 503, 'silence'] as const) {
      stage.line.set(line)
      const headers: [string, string][] = [page, ['Cookie', stage.cookie], ...forged]
      const began = Date.now()
      const answers = await Promise.all([ask(stage, { headers }), ask(stage, { headers: [json] })])
      for (const { status, headers: answer } of answers) {
        t.ok(status === 503 || status === line, `${line}: ${status}`)
        t.notOk(answer.location, 'and is not sent anywhere')
      }
      t.ok(Date.now() - began < 9000, 'in time')
    }
    t.equal(stage.backend.seen.length, before)
    stage.line.set('assay')
    t.equal((await ask(stage, { headers: [['Cookie', stage.cookie]] })).status, 200, 'and goes on when Assay is back')
  })
}
