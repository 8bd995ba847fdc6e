// What operators see: metrics, the rules and the dashboard that are made of them, traces in log lines and refusals, spans.

import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { t as root, test } from 'tap'
import { mostConnections, openMeters } from '../src/see/meters.ts'
import { adminKey, type TestApp, testApp } from './support/app.ts'
import { begin, connect, deliver, logIn, openBrowser } from './support/browser.ts'
import { respond, testIdp } from './support/idp.ts'
import { through } from './support/through.ts'

const token = 'a-metrics-token-of-at-least-thirty-two-characters'
const collector = openCollector()
const wire = through()
const service = collector.then(({ url }) =>
  testApp(root, {
    settings: { METRICS_TOKEN: token, OTEL_EXPORTER_OTLP_ENDPOINT: url, OTEL_EXPORTER_OTLP_HEADERS: 'x-key=a%20b' },
    through: real => ({ ...wire.db(real), ...(real.load ? { load: real.load } : {}) }),
  }),
)
const idp = testIdp()

interface Export {
  headers: Record<string, unknown>
  spans: { name: string; traceId: string; spanId: string; parentSpanId?: string; startTimeUnixNano: string }[]
}

async function openCollector() {
  const exports: Export[] = []
  const server = createServer(async (request, response) => {
    const body = JSON.parse(Buffer.concat(await request.toArray()).toString())
    const spans = body.resourceSpans[0].scopeSpans[0].spans
    exports.push({ headers: { ...request.headers, path: request.url }, spans })
    response.writeHead(exports.length === 1 ? 503 : 200).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  root.teardown(() => server.close())
  return { exports, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

const read = (name: string) => readFileSync(fileURLToPath(new URL(`../${name}`, import.meta.url)), 'utf8')

const scrape = ({ app }: TestApp, headers: Record<string, string> = { authorization: `Bearer ${token}` }) =>
  app.inject({ url: '/metrics', headers })

// The value of a series as Prometheus would read it.
function seriesOf(text: string, series: string): number {
  const line = text.split('\n').find(one => one.startsWith(`${series} `))
  return Number(line?.slice(series.length + 1) ?? Number.NaN)
}

const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'

test('a scrape counts logins by connection, outcome and code, and says how all the rest is', async t => {
  const house = await service
  const { app, admin } = house
  const connection = await connect(app, idp)
  const browser = openBrowser(app)
  const { requestId, relayState } = await begin(browser, connection.id)
  const response = respond(idp, connection, requestId, {})
  t.equal((await deliver(browser, connection, response, relayState)).statusCode, 303)
  await logIn(openBrowser(app), idp, connection, { audience: 'https://another.example' })
  await begin(browser, connection.id)
  await deliver(openBrowser(app), { ...connection, id: 'strange"connection' }, response, relayState)
  for (let times = 0; times < 3; times += 1) await browser.get('/gateway/verify')
  await admin('DELETE', `/sessions?connection=${connection.id}`)
  const { statusCode, headers, body } = await scrape(house)
  t.equal(statusCode, 200)
  t.match(headers, { 'content-type': /^text\/plain; version=0\.0\.4/, 'cache-control': 'no-store' })
  const logins = (outcome: string, code: string) =>
    seriesOf(body, `assay_logins_total{connection="${connection.id}",outcome="${outcome}",code="${code}"}`)
  t.equal(logins('accepted', 'none'), 1)
  t.equal(logins('refused', 'audience_mismatch'), 1)
  t.notMatch(body, /strange/, 'what a stranger writes into a path is no label')
  t.equal(seriesOf(body, 'assay_tokens_total{source="minted"}'), 1)
  t.equal(seriesOf(body, 'assay_tokens_total{source="memory"}'), 2)
  t.equal(seriesOf(body, 'assay_sessions_ended_total'), 1)
  t.equal(seriesOf(body, 'assay_revocation_feed_size'), 1)
  t.equal(seriesOf(body, 'assay_database_up'), 1)
  t.equal(Math.round(seriesOf(body, `assay_certificate_days_left{connection="${connection.id}"}`)), 365)
  const route = '/saml/:connection/acs'
  t.equal(seriesOf(body, `assay_http_request_duration_seconds_count{method="POST",route="${route}",status="3xx"}`), 1)
  for (const step of ['signature', 'second_opinion', 'lookup', 'acceptance'])
    t.ok(seriesOf(body, `assay_login_step_duration_seconds_count{step="${step}"}`) >= 1, step)
  t.ok(seriesOf(body, 'assay_pool_size') > 0 && seriesOf(body, 'assay_signing_key_age_seconds') >= 0)
})

test('an assertion that comes a second time is a replay, and a large one is timed in its thread too', async t => {
  const house = await service
  const { app } = house
  const before = seriesOf((await scrape(house)).body, 'assay_login_step_duration_seconds_count{step="signature"}')
  const connection = await connect(app, idp, { allow_idp_initiated: true })
  const attributes = { groups: Array.from({ length: 300 }, (_, at) => `group-${at}`) }
  const response = respond(idp, connection, '', { inResponseTo: null, attributes })
  const answers = []
  for (let times = 0; times < 2; times += 1)
    answers.push((await deliver(openBrowser(app), connection, response, '')).statusCode)
  t.same(answers, [303, 403])
  const { body } = await scrape(house)
  t.equal(seriesOf(body, 'assay_replays_total'), 1)
  t.ok(seriesOf(body, 'assay_login_step_duration_seconds_count{step="signature"}') >= before + 2)
})

test('metrics are for whoever has the token or the admin key', async t => {
  const house = await service
  t.equal((await scrape(house, {})).statusCode, 401)
  t.equal((await scrape(house, { authorization: 'Bearer another' })).statusCode, 401)
  t.equal((await scrape(house, { authorization: `Bearer ${adminKey}` })).statusCode, 200)
  t.equal(
    (await house.app.inject({ url: '/api/v1/logins', headers: { authorization: `Bearer ${token}` } })).statusCode,
    401,
  )
})

test('without a token only this machine may scrape, and only where nobody else is served', async t => {
  const house = await service
  const { databaseUrl } = house
  const alone = await testApp(t, { databaseUrl, settings: { PUBLIC_URL: 'http://localhost:8080' } })
  t.equal((await scrape(alone, {})).statusCode, 200)
  const far = await alone.app.inject({ url: '/metrics', remoteAddress: '192.0.2.7' })
  t.equal(far.statusCode, 401)
  const serving = await testApp(t, { databaseUrl })
  t.equal((await scrape(serving, {})).statusCode, 401)
  const open = await testApp(t, { databaseUrl, settings: { METRICS_TOKEN: 'open' } })
  t.equal((await open.app.inject({ url: '/metrics', remoteAddress: '192.0.2.7' })).statusCode, 200)
})

test('a scrape costs one statement in five seconds, and answers while the database is away', async t => {
  const house = await service
  const { clock } = house
  clock.now = new Date(clock.now.getTime() + 60_000)
  await scrape(house)
  await wire.quiet()
  const before = wire.statements.length
  await scrape(house)
  await scrape(house)
  t.equal(wire.statements.length, before)
  wire.cut(true)
  clock.now = new Date(clock.now.getTime() + 60_000)
  const { statusCode, body } = await scrape(house)
  wire.cut(false)
  t.equal(statusCode, 200)
  t.equal(seriesOf(body, 'assay_database_up'), 0)
  t.equal(seriesOf(body, 'assay_revocation_feed_size'), 1, 'as last known')
  clock.now = new Date(clock.now.getTime() + 60_000)
  t.equal(seriesOf((await scrape(house)).body, 'assay_database_up'), 1)
})

test('no more connections have series of their own than there may be', async t => {
  const meters = openMeters()
  for (let at = 0; at < mostConnections + 20; at += 1)
    meters.login({ connection: `connection-${at}`, outcome: 'accepted', code: 'none' })
  const text = await meters.registry.metrics()
  t.equal(text.match(/^assay_logins_total\{/gm)?.length, mostConnections + 1)
  t.equal(seriesOf(text, 'assay_logins_total{connection="other",outcome="accepted",code="none"}'), 20)
})

test('every metric that the alert rules and the dashboard name is in a scrape, and every metric is on the dashboard', async t => {
  const { body } = await scrape(await service)
  const there = new Set(body.match(/(?<=^# TYPE )\w+/gm))
  const rules = read('examples/observability/alerts.yaml')
  const dashboard = read('examples/observability/dashboard.json')
  const namesIn = (text: string) =>
    new Set([...text.matchAll(/\bassay_\w+/g)].map(([name]) => name.replace(/_(bucket|count|sum)$/, '')))
  for (const [file, text] of Object.entries({ rules, dashboard })) {
    const names = namesIn(text)
    t.ok(names.size > 5, file)
    for (const name of names) t.ok(there.has(name), `${file} names ${name}`)
  }
  for (const name of there) t.ok(namesIn(dashboard).has(name), `the dashboard shows ${name}`)
  t.doesNotThrow(() => JSON.parse(dashboard))
})

test('what is logged in a request names its trace, the refusal says it, and the reference stays what it was', async t => {
  const house = await service
  const { app, log } = house
  const connection = await connect(app, idp)
  const from = log.length
  const headers = { accept: 'application/json', traceparent, 'content-type': 'application/x-www-form-urlencoded' }
  const payload = 'SAMLResponse=bm8%3D'
  const answer = await app.inject({ method: 'POST', url: `/saml/${connection.id}/acs`, headers, payload })
  t.match(answer.json(), { trace_id: /^[0-9a-f]{20}$/ })
  const [version, trace, span, flags] = String(answer.headers['traceresponse']).split('-')
  t.same([version, trace, flags], ['00', '4bf92f3577b34da6a3ce929d0e0e4736', '00'])
  const lines = log.slice(from).map(line => JSON.parse(line))
  t.match(lines, [
    { msg: 'login', trace, span, trace_id: answer.json().trace_id },
    { msg: 'request', trace, span },
  ])
  const large = await app.inject({ method: 'POST', url: '/token', headers, payload: 'x'.repeat(500_000) })
  t.match(large.headers['traceresponse'], /^00-4bf92f3577b34da6a3ce929d0e0e4736-/)
})

test('a traceparent that is not exactly right begins another trace', async t => {
  const { app } = await service
  const traceOf = async (header: string) => {
    const { headers } = await app.inject({ url: '/nowhere', headers: { traceparent: header } })
    return String(headers['traceresponse']).split('-')[1]
  }
  const own = '4bf92f3577b34da6a3ce929d0e0e4736'
  t.equal(await traceOf(traceparent), own)
  t.equal(await traceOf(traceparent.replace(/^00/, '01').concat('-later')), own, 'a later version may say more')
  for (const wrong of [
    ...[
      traceparent.toUpperCase(),
      `${traceparent}-more`,
      `${traceparent} `.repeat(2),
      traceparent.replace(/^00/, 'ff'),
    ],
    ...[traceparent.replace(own, '0'.repeat(32)), traceparent.replace('00f067aa0ba902b7', '0'.repeat(16))],
    ...[traceparent.slice(0, -1), traceparent.replace('4bf', 'xyz'), '', '00', `{"a":"${own}"}`],
  ]) {
    const trace = await traceOf(wrong)
    t.match(trace, /^[0-9a-f]{32}$/)
    t.not(trace, own, wrong)
  }
})

test('spans of requests and steps go to the collector; what it does not take is dropped and counted', async t => {
  const house = await service
  const { exports } = await collector
  const connection = await connect(house.app, idp)
  const browser = openBrowser(house.app)
  const { requestId, relayState } = await begin(browser, connection.id)
  const fields = { SAMLResponse: respond(idp, connection, requestId, {}), RelayState: relayState }
  const other = traceparent.replace('4bf9', 'aaaa')
  await browser.post(`/saml/${connection.id}/acs`, fields, { traceparent: other })
  const trace = other.split('-')[1]
  const mine = () => exports.slice(1).flatMap(one => one.spans.filter(span => span.traceId === trace))
  for (let tries = 0; tries < 300 && mine().length === 0; tries += 1) await sleep(20)
  const server = mine().find(one => one.name === 'POST /saml/:connection/acs')
  t.match(server, { parentSpanId: '00f067aa0ba902b7', startTimeUnixNano: /^\d{19}$/, kind: 2 })
  const steps = mine().filter(one => one.parentSpanId === server?.spanId)
  t.ok(['lookup', 'schema', 'signature', 'acceptance'].every(name => steps.some(one => one.name === name)))
  t.match(exports[0]?.headers, { path: '/v1/traces', 'x-key': 'a b', 'content-type': 'application/json' })
  t.notMatch(JSON.stringify(exports), /SAMLResponse|alice|RelayState/)
  const { body } = await scrape(house)
  t.equal(seriesOf(body, 'assay_spans_total{outcome="dropped"}'), exports[0]?.spans.length)
  t.ok(seriesOf(body, 'assay_spans_total{outcome="exported"}') >= mine().length)
})
