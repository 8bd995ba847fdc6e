// Webhooks, with a real receiver: signed, tried again, told once by two replicas, and never to an address that is not allowed.

import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Test } from 'tap'
import { t as root, test } from 'tap'
import { purge } from '../src/purge.ts'
import { nextAttempt } from '../src/webhooks/message.ts'
import { tellNotices } from '../src/webhooks/notices.ts'
import { sendMessage } from '../src/webhooks/send.ts'
import { eventTypes } from '../src/webhooks/webhook.ts'
import { testApp } from './support/app.ts'
import { connect, logIn, openBrowser } from './support/browser.ts'
import { testIdp } from './support/idp.ts'

const idp = testIdp()
const settings = { WEBHOOK_NETWORKS: '127.0.0.0/8' }
const service = testApp(root, { settings })

interface Received {
  headers: IncomingHttpHeaders
  text: string
  body: { type: string; timestamp: string; subject: string | null; data: Record<string, unknown> }
}

// Answers with what `status` says at the time; a redirect leads to itself.
async function openReceiver(t: Test) {
  const received: Received[] = []
  const receiver = { received, status: 204, url: '', close: () => server.close() }
  const server = createServer(async (request, response) => {
    const text = Buffer.concat(await request.toArray()).toString()
    received.push({ headers: request.headers, text, body: JSON.parse(text) })
    response.writeHead(receiver.status, { location: receiver.url }).end('what a receiver says is read by nobody')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => server.close())
  receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`
  return receiver
}

async function until(done: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 400 && !(await done()); tries += 1) await sleep(20)
}

async function subscribe(t: Test, events: string[], receiver?: { url: string }) {
  const { admin } = await service
  const body = { name: 'Operations', url: receiver?.url ?? 'https://receiver.example/', events }
  const made = await admin('POST', '/webhooks', body)
  t.equal(made.status, 201, JSON.stringify(made.body))
  t.teardown(() => admin('DELETE', `/webhooks/${made.body.id}`))
  return made.body as { id: string; secret: string }
}

const messagesOf = async (id: string, query = '') => {
  const { admin } = await service
  return (await admin('GET', `/webhooks/${id}/messages${query}`)).body.items
}

test('a webhook is made, shown without its secret, changed by whoever read it last, and removed', async t => {
  const { admin, db } = await service
  const body = { name: 'Ops', url: 'https://receiver.example/hook', events: ['session.ended', 'connection.changed'] }
  const made = await admin('POST', '/webhooks', body)
  t.match(made, { status: 201, headers: { etag: '"1"', location: `/api/v1/webhooks/${made.body.id}` } })
  t.match(made.body, {
    ...body,
    events: ['connection.changed', 'session.ended'],
    enabled: true,
    secret: /^whsec_.{44}$/,
  })
  const path = `/webhooks/${made.body.id}`
  t.notOk('secret' in (await admin('GET', path)).body)
  t.equal((await admin('GET', '/webhooks')).body.items.length, 1)
  t.equal((await admin('PATCH', path, { enabled: false }, { 'if-match': '"7"' })).status, 412)
  t.match(await admin('PATCH', path, { enabled: false }, { 'if-match': '"1"' }), {
    status: 200,
    body: { enabled: false },
  })
  const renewed = await admin('POST', `${path}/secret`)
  t.not(renewed.body.secret, made.body.secret)
  const rows = await db.query<{ all: string }>('select w::text as all from webhooks w')
  t.notMatch(rows[0]?.all, new RegExp(Buffer.from(renewed.body.secret).toString('hex')), 'it is sealed')
  t.equal((await admin('DELETE', path)).status, 204)
  t.equal((await admin('GET', path)).status, 404)
  t.equal((await admin('GET', `${path}/messages`)).status, 404)
})

test('all mistakes of a webhook are told at once', async t => {
  const { admin } = await service
  const wrong = await admin('POST', '/webhooks', {
    name: '',
    url: 'ftp://x',
    events: ['session.begun'],
    secret: 'mine',
  })
  const fields = wrong.body.errors.map((one: { field: string }) => one.field).sort()
  t.same(fields, ['events[0]', 'name', 'secret', 'url'])
  for (const url of ['https://user:pass@receiver.example/', 'https://receiver.example/#x', 'javascript:alert(1)', '/x'])
    t.match(await admin('POST', '/webhooks', { name: 'a', url, events: ['session.ended'] }), { status: 400 }, url)
  const strict = await testApp(t, { databaseUrl: (await service).databaseUrl })
  const plain = { name: 'a', url: 'http://receiver.example/', events: ['session.ended'] }
  t.match(await strict.admin('POST', '/webhooks', plain), { status: 400 }, 'http only where networks are named')
})

test('a change is told in a signed message, again until it is taken, with the same id and body', async t => {
  const { app, clock, log } = await service
  const receiver = await openReceiver(t)
  receiver.status = 500
  const { id, secret } = await subscribe(t, ['connection.changed'], receiver)
  const connection = await connect(app, idp)
  await until(() => receiver.received.length === 1)
  await until(async () => (await messagesOf(id))[0]?.last_status === 500)
  t.match(await messagesOf(id), [
    { state: 'waiting', attempts: 1, last_error: 'answered 500', type: 'connection.changed' },
  ])
  receiver.status = 302
  clock.now = new Date(clock.now.getTime() + 5_000)
  await until(async () => (await messagesOf(id))[0]?.last_status === 302)
  receiver.status = 200
  clock.now = new Date(clock.now.getTime() + 30_000)
  await until(async () => (await messagesOf(id))[0]?.state === 'delivered')
  const [first, second, third, ...more] = receiver.received
  t.equal(more.length, 0, 'no redirect was followed')
  t.equal(first?.text, third?.text)
  t.equal(second?.headers['webhook-id'], first?.headers['webhook-id'])
  for (const { headers, text } of receiver.received) {
    const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${text}`
    const mac = createHmac('sha256', Buffer.from(secret.replace('whsec_', ''), 'base64')).update(signed)
    t.equal(headers['webhook-signature'], `v1,${mac.digest('base64')}`)
  }
  t.equal(third?.headers['webhook-timestamp'], String(Math.floor(clock.now.getTime() / 1000)), 'of this attempt')
  t.match(third?.headers, { 'content-type': 'application/json', 'user-agent': 'Assay' })
  const data = { action: 'created', connection: connection.id, tenant: 'acme', version: 1, trust: true }
  t.match(third?.body, { type: 'connection.changed', subject: connection.id, data })
  t.notMatch(log.join(''), new RegExp(secret.slice(6, 20).replaceAll(/\W/g, '.')))
})

test('a change says which members it changed, and whether that is about trust; what is undone is not told', async t => {
  const { app, admin } = await service
  const connection = await connect(app, idp)
  const { id } = await subscribe(t, ['connection.changed'])
  const path = `/connections/${connection.id}`
  await admin('PATCH', path, { name: 'Another name' })
  await admin('PATCH', path, { require_signed: 'both', name: 'Third' })
  await admin('PATCH', path, { name: 'Refused' }, { 'if-match': '"1"' })
  await admin('DELETE', path)
  const { db } = await service
  const rows = await db.query<{ data: object }>(
    `select body::json -> 'data' as data from webhook_messages where webhook_id = $1 order by body::json -> 'data' ->> 'version', body::json -> 'data' ->> 'action'`,
    [id],
  )
  t.match(
    rows.map(one => one.data),
    [
      { action: 'changed', members: ['name'], trust: false, version: 2 },
      { action: 'changed', members: ['name', 'require_signed'], trust: true, version: 3 },
      { action: 'removed', trust: true },
    ],
  )
  t.equal(rows.length, 3)
})

test('sessions that end are told of together, by ids only; those of a webhook that does not ask are not', async t => {
  const { app, admin, db } = await service
  const connection = await connect(app, idp, { tenant: 'leaves' })
  const people = ['ann', 'bob', 'cleo']
  for (const nameId of people)
    await logIn(openBrowser(app), idp, connection, { nameId, attributes: { email: [`${nameId}@acme.example`] } })
  const { id } = await subscribe(t, ['session.ended'])
  const other = await subscribe(t, ['certificate.expiring'])
  await admin('DELETE', '/sessions?tenant=leaves')
  await admin('DELETE', '/sessions?tenant=leaves')
  const rows = await db.query<{ webhook_id: string; body: string; id: string }>(
    'select * from webhook_messages where webhook_id = any($1)',
    [[id, other.id]],
  )
  t.match(rows, [{ webhook_id: id, id: /^msg_[0-9a-f]{64}$/ }])
  t.equal(rows.length, 1)
  const { type, timestamp, data } = JSON.parse(rows[0]?.body ?? '')
  t.match({ type, timestamp }, { type: 'session.ended', timestamp: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/ })
  t.equal(data.sessions.length, people.length)
  const members = { sid: String, sub: String, tenant: 'leaves', connection: connection.id, client: 'default' }
  for (const one of data.sessions) t.match(one, members)
  t.notMatch(rows[0]?.body, /acme\.example|ann|cleo/)
})

test('two replicas deliver each message once, and one that another has taken is left alone', async t => {
  const { app, databaseUrl, clock, admin } = await service
  const receiver = await openReceiver(t)
  const { id } = await subscribe(t, ['connection.changed'], receiver)
  const second = await testApp(t, { databaseUrl, settings })
  second.clock.now = clock.now
  const connection = await connect(app, idp)
  for (let at = 0; at < 11; at += 1) await admin('PATCH', `/connections/${connection.id}`, { name: `Name ${at}` })
  await until(async () => (await messagesOf(id, '?state=delivered')).length === 12)
  t.equal(receiver.received.length, 12)
  t.equal(new Set(receiver.received.map(one => one.headers['webhook-id'])).size, 12)
})

test('a message is given up after a day, can be seen, and is sent again when somebody says so', async t => {
  const { app, clock, db, admin } = await service
  let now = clock.now
  const delays: number[] = []
  for (let attempts = 1; ; attempts += 1) {
    const next = nextAttempt(attempts, now)
    if (!next) break
    delays.push(next.getTime() - now.getTime())
    now = next
  }
  const day = 86_400_000
  t.ok(
    delays.every((delay, at) => at === 0 || delay >= (delays[at - 1] ?? 0)),
    'delays grow',
  )
  t.ok(now.getTime() - clock.now.getTime() > 0.9 * day && now.getTime() - clock.now.getTime() <= day)
  const receiver = await openReceiver(t)
  receiver.status = 503
  const { id } = await subscribe(t, ['connection.changed'], receiver)
  await connect(app, idp)
  await until(() => receiver.received.length === 1)
  await until(async () => (await messagesOf(id))[0]?.last_status === 503)
  await db.query('update webhook_messages set attempts = 10, next_at = $1 where webhook_id = $2', [clock.now, id])
  await until(async () => (await messagesOf(id, '?state=dead')).length === 1)
  t.match(await messagesOf(id), [{ state: 'dead', attempts: 11, last_error: 'answered 503' }])
  receiver.status = 200
  const [message] = await messagesOf(id)
  t.match(await admin('POST', `/webhooks/${id}/messages/${message.id}/send`), {
    status: 200,
    body: { state: 'waiting' },
  })
  t.equal((await admin('POST', `/webhooks/${id}/messages/msg_none/send`)).status, 404)
  await until(async () => (await messagesOf(id))[0]?.state === 'delivered')
  await purge(db, new Date(clock.now.getTime() + 8 * day))
  t.same(await messagesOf(id), [])
})

test('no message goes to an address that is not of the public internet or of WEBHOOK_NETWORKS', async t => {
  const receiver = await openReceiver(t)
  const port = new URL(receiver.url).port
  const send = sendMessage({ isOurs: () => false, timeoutMs: 300 })
  const refused = { status: null, error: 'leads to an address that is not allowed' }
  for (const host of ['127.0.0.1', 'localhost', '[::1]', '[::ffff:127.0.0.1]', '2130706433', '0x7f.1', '10.0.0.1'])
    for (const scheme of ['http', 'https']) t.same(await send(`${scheme}://${host}:${port}/`, {}, '{}'), refused, host)
  for (const url of [
    'https://169.254.169.254/latest',
    'https://[fe80::1]/',
    'https://[64:ff9b::7f00:1]/',
    'http://8.8.8.8/',
  ])
    t.same(await send(url, {}, '{}'), refused, url)
  t.equal(receiver.received.length, 0)
  const ours = sendMessage({ isOurs: address => address === '127.0.0.1', timeoutMs: 300 })
  t.same(await ours(receiver.url, {}, '{}'), { status: 204, error: null })
  receiver.close()
  t.match(await ours(receiver.url.replace(port, '1'), {}, '{}'), {
    status: null,
    error: 'could not be reached (ECONNREFUSED)',
  })
})

test('a receiver that does not answer holds nobody up for longer than the limit', async t => {
  const silent = createServer(() => undefined)
  silent.listen(0, '127.0.0.1')
  await once(silent, 'listening')
  t.teardown(() => silent.closeAllConnections())
  t.teardown(() => silent.close())
  const send = sendMessage({ isOurs: () => true, timeoutMs: 200 })
  const answer = await send(`http://127.0.0.1:${(silent.address() as AddressInfo).port}/`, {}, '{}')
  t.same(answer, { status: null, error: 'did not answer within 0.2 seconds' })
})

test('a certificate that ends is told of at 60, 30 and 7 days, once each, and not while there is a later one', async t => {
  const { app, db } = await service
  const connection = await connect(app, idp)
  const { id } = await subscribe(t, ['certificate.expiring'])
  const [certificate] = await db.query<{ sha256: string; not_after: Date }>(
    'select sha256, not_after from idp_certificates where connection_id = $1',
    [connection.id],
  )
  const ends = certificate?.not_after.getTime() ?? 0
  const toldAt = async (days: number) => {
    const now = new Date(ends - days * 86_400_000)
    for (let times = 0; times < 2; times += 1) await db.transaction(tx => tellNotices(tx, now))
    const rows = await db.query<{ within: number }>(
      `select (body::json -> 'data' ->> 'within_days')::int as within from webhook_messages
       where webhook_id = $1 and body::json ->> 'subject' = $2 order by within`,
      [id, connection.id],
    )
    return rows.map(row => row.within)
  }
  t.same(await toldAt(61), [])
  t.same(await toldAt(59.5), [60])
  t.same(await toldAt(20), [30, 60])
  await db.query(
    `insert into idp_certificates select connection_id, repeat('a', 64), pem, subject, not_before, not_after + interval '1 year', 1
     from idp_certificates where connection_id = $1`,
    [connection.id],
  )
  t.same(await toldAt(5), [30, 60], 'another one follows')
  await db.query(`delete from idp_certificates where connection_id = $1 and sha256 = repeat('a', 64)`, [connection.id])
  t.same(await toldAt(4), [7, 30, 60])
})

test('a connection that fails is told of once until somebody gets in, and not because of what strangers post', async t => {
  const { app, db, clock } = await service
  const connection = await connect(app, idp)
  const { id } = await subscribe(t, ['connection.failing'])
  const told = async () => {
    clock.now = new Date(clock.now.getTime() + 1_000)
    await db.transaction(tx => tellNotices(tx, clock.now))
    return (await messagesOf(id)).length
  }
  const post = async (change: object, times: number) => {
    for (let at = 0; at < times; at += 1) {
      clock.now = new Date(clock.now.getTime() + 1_000)
      await logIn(openBrowser(app), idp, connection, { now: clock.now.getTime(), ...change })
    }
  }
  for (let at = 0; at < 6; at += 1)
    await openBrowser(app).post(`/saml/${connection.id}/acs`, { SAMLResponse: 'bm8=', RelayState: 'nobody' })
  t.equal(await told(), 0)
  const spoilt = { audience: 'https://another.example' }
  await post(spoilt, 4)
  t.equal(await told(), 0)
  await post(spoilt, 1)
  t.equal(await told(), 1)
  await post(spoilt, 5)
  t.equal(await told(), 1, 'still the same failure')
  await post({}, 1)
  await post(spoilt, 5)
  t.equal(await told(), 2, 'somebody got in between')
  const [row] = await db.query<{ body: string }>('select body from webhook_messages where webhook_id = $1', [id])
  t.match(JSON.parse(row?.body ?? ''), {
    subject: connection.id,
    data: { connection: connection.id, tenant: 'acme', code: 'audience_mismatch', refusals: 5 },
  })
})

test('openapi.yaml names the types of event that there are', async t => {
  const { app } = await service
  const { body } = await app.inject('/openapi.yaml')
  const [, named = ''] = /EventType:[\s\S]*?enum:\n([\s\S]*?)\n {4}\w/.exec(body) ?? []
  t.same(named.match(/[\w.]+/g)?.sort(), Object.keys(eventTypes).sort())
})
