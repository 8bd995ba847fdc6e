// What operators do leaves its event, in the transaction of the change; every version of a connection can be read and restored.

import { t as root, type Test, test } from 'tap'
import { auditStore } from '../../src/audit/store.ts'
import { verifyChain } from '../../src/audit/verify.ts'
import type { Db } from '../../src/db/pool.ts'
import { testApp } from '../support/app.ts'
import { connect, logIn, openBrowser } from '../support/browser.ts'
import { testIdp } from '../support/idp.ts'

const day = 86_400_000
const idp = testIdp()
const other = testIdp('https://other.example/metadata')
const three = { issuer: idp.issuer, sign_on_url: 'https://idp.example/sso', certificates: [idp.certificate] }

// A switch that makes commits, or the record itself, fail.
const fault: { at: 'nowhere' | 'record' | 'commit' } = { at: 'nowhere' }
const broken = new Error('broken on purpose')
const faulty = (real: Db): Db => ({
  ...real,
  transaction: (work, options) =>
    real.transaction(async tx => {
      const query: Db['query'] = (text, values) =>
        fault.at === 'record' && text.includes('audit_events') ? Promise.reject(broken) : tx.query(text, values)
      const done = await work({ query })
      if (fault.at === 'commit') throw broken
      return done
    }, options),
})
const service = testApp(root, { through: faulty })

// biome-ignore lint/suspicious/noExplicitAny: a test says what it expects of an event
async function events(query: string): Promise<any[]> {
  const { admin } = await service
  return (await admin('GET', `/audit-events?${query}`)).body.items
}

async function made(change = {}): Promise<{ id: string; path: string }> {
  const { admin } = await service
  const answer = await admin('POST', '/connections', { tenant: 'acme', name: 'Acme', ...three, ...change })
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body))
  return { id: answer.body.id, path: `/connections/${answer.body.id}` }
}

async function refuses(t: Test, code: number, answer: Promise<{ status: number }>): Promise<void> {
  t.equal((await answer).status, code)
}

test('a first start is recorded: the default client, our keys, and nothing at the second', async t => {
  const { databaseUrl } = await service
  const items = (await events('actor=system')).map(one => [one.action, one.trace_id])
  t.same(items.reverse(), [
    ['client.created', null],
    ['signing_keys.rotated', null],
    ['sp_key.activated', null],
    ['sp_key.activated', null],
  ])
  await testApp(t, { databaseUrl })
  t.equal((await events('actor=system')).length, 4)
})

test('an admin key that is made at a first start is recorded, neither it nor its hash', async t => {
  const { admin, app, newAdminKey, db } = await testApp(t, { settings: { ADMIN_API_KEY: '' } })
  t.equal((await admin('GET', '/audit-events')).status, 401)
  const headers = { authorization: `Bearer ${newAdminKey}` }
  const { items } = (await app.inject({ url: '/api/v1/audit-events', headers })).json()
  t.match(items[0], { action: 'admin_key.made', actor: 'system', trust: true, after: { name: 'admin_api_key' } })
  const [secret] = await db.query<{ hash: Buffer }>('select hash from secrets')
  t.notMatch(JSON.stringify(items), new RegExp(`${newAdminKey}|${secret?.hash.toString('hex')}|"d":|PRIVATE KEY`))
})

test('a connection’s changes are recorded: who, when, the changed members before and after, and whether that is trust', async t => {
  const { admin, clock } = await service
  const { id, path } = await made()
  const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'
  await admin('PATCH', path, { name: 'Acme, new' }, { traceparent })
  await admin('PATCH', path, { certificates: [idp.certificate, other.certificate], clock_skew: 60 })
  await admin('DELETE', path)
  const [removed, trusted, renamed, created] = await events(`subject_type=connection&subject_id=${id}`)
  const said = { actor: 'admin-key', subject_type: 'connection', subject_id: id, trace_id: null }
  t.match(created, { ...said, action: 'connection.created', trust: true, before: null })
  t.match(created.after, {
    version: 1,
    issuer: idp.issuer,
    certificates: [{ sha256: /^[0-9a-f]{64}$/, pem: /BEGIN C/ }],
  })
  t.match(renamed, {
    ...said,
    ...{ action: 'connection.changed', trust: false, at: clock.now.toISOString(), trace_id: traceparent.slice(3, 35) },
  })
  t.same(renamed.before, { version: 1, name: 'Acme' })
  t.same(renamed.after, { version: 2, name: 'Acme, new' })
  t.match(trusted, { action: 'connection.changed', trust: true })
  t.same(Object.keys(trusted.after).sort(), ['certificates', 'clock_skew', 'version'])
  t.same([trusted.before.certificates.length, trusted.after.certificates.length], [1, 2])
  t.match(removed, { ...said, action: 'connection.removed', trust: true, after: null, before: { version: 3 } })
})

test('what decides about trust is marked, member by member', async t => {
  const { admin, clock } = await service
  const soon = new Date(clock.now.getTime() + 10 * day).toISOString().slice(0, 10)
  const changes = {
    ...{
      sso_exempt: ['root@acme.example'],
      issuer: 'https://idp.example/2',
      sign_on_url: 'https://idp.example/2',
      logout_url: 'https://idp.example/out',
    },
    ...{ require_signed: 'both', allow_sha1_until: soon, allow_cbc_unsigned: true, allow_idp_initiated: true },
    ...{ sp_entity_id: 'urn:sp', acs_aliases: ['https://old.example/acs'], subject: 'uid', tenant: 'acme-2' },
    ...{
      roles: [{ if: { groups: ['a'] }, grant: ['admin'] }],
      attributes: { email: ['mail'] },
      domains: ['a.example'],
    },
  }
  const { id, path } = await made()
  for (const [name, value] of Object.entries(changes)) {
    await refuses(t, 200, admin('PATCH', path, { [name]: value }))
    const [event] = await events(`subject_id=${id}&limit=1`)
    t.match(event, { trust: true, after: { [name]: value } }, name)
  }
  for (const change of [{ enabled: false }, { default_return_to: 'https://app.example/' }, { force_authn: true }]) {
    await refuses(t, 200, admin('PATCH', path, change))
    t.match((await events(`subject_id=${id}&limit=1`))[0], { trust: false, after: change })
  }
  t.equal((await events(`subject_id=${id}&trust=true`)).length, 1 + Object.keys(changes).length)
})

test('a client’s changes are recorded, its secret never', async t => {
  const { admin } = await service
  const body = { client_id: 'shop', name: 'Shop', audience: 'https://shop.example', confidential: true }
  const first = (await admin('POST', '/clients', body)).body.client_secret
  const second = (await admin('POST', '/clients/shop/secret')).body.client_secret
  await admin('PATCH', '/clients/shop', { origins: ['https://shop.example'] })
  await admin('DELETE', '/clients/shop')
  await refuses(t, 409, admin('POST', '/clients', { ...body, client_id: 'default' }))
  const items = await events('subject_type=client&subject_id=shop')
  t.match(items.reverse(), [
    {
      action: 'client.created',
      trust: true,
      before: null,
      after: { version: 1, audience: body.audience, has_secret: true },
    },
    { action: 'client.secret_renewed', trust: true, before: { version: 1 }, after: { version: 2 } },
    { action: 'client.changed', trust: true, before: { origins: [] }, after: { origins: ['https://shop.example'] } },
    { action: 'client.removed', trust: true, after: null },
  ])
  t.notMatch(JSON.stringify(items), new RegExp(`${first}|${second}|secret_hash`))
  t.equal((await events('subject_id=default')).length, 1)
})

test('a sign-in writes no event; sessions that an operator ends are one, with the filter, how many and which', async t => {
  const { app, admin, db } = await service
  const connection = await connect(app, idp, { tenant: 'leaving' })
  const before = await auditStore(db).head()
  for (const nameId of ['a', 'b']) await logIn(openBrowser(app), idp, connection, { nameId })
  t.same(await auditStore(db).head(), before)
  const sids = (await admin('GET', '/sessions?tenant=leaving')).body.items.map((one: { sid: string }) => one.sid)
  t.equal((await admin('DELETE', '/sessions?tenant=leaving')).body.ended, 2)
  await admin('DELETE', '/sessions?tenant=leaving')
  const [event, ...none] = await events('subject_type=sessions')
  t.same(none, [])
  t.match(event, { action: 'sessions.ended', subject_id: null, after: { filter: { tenant: 'leaving' }, count: 2 } })
  t.same(event.after.sids.sort(), sids.sort())

  await logIn(openBrowser(app), idp, connection)
  const [{ sid }] = (await admin('GET', '/sessions?tenant=leaving')).body.items
  await admin('DELETE', `/sessions/${sid}`)
  t.match((await events('action=sessions.ended&limit=1'))[0], { subject_id: sid, after: { count: 1, sids: [sid] } })
  await logIn(openBrowser(app), idp, connection)
  await admin('PATCH', `/connections/${connection.id}`, { enabled: false })
  t.match((await events('limit=1'))[0], { action: 'connection.changed', after: { enabled: false, sessions_ended: 1 } })
})

test('keys that roll are recorded, a leaked one as trust, and no private half', async t => {
  const { admin } = await service
  await admin('POST', '/signing-keys/rotate', {})
  await admin('POST', '/signing-keys/rotate', { leaked: true })
  const next = (await admin('POST', '/sp-keys/rotate', { purpose: 'signing' })).body.id
  const current = (await admin('GET', '/sp-keys')).body.items.find(
    (one: { purpose: string; state: string }) => one.purpose === 'signing' && one.state === 'current',
  ).id
  await admin('POST', `/sp-keys/${next}/activate`)
  await admin('POST', `/sp-keys/${next}/activate`)
  await admin('POST', `/sp-keys/${current}/retire`)
  const items = (await events('actor=admin-key&limit=5')).reverse()
  t.match(items, [
    { action: 'signing_keys.rotated', trust: false, after: { occasion: 'asked' } },
    {
      action: 'signing_keys.leaked',
      trust: true,
      before: { keys: [{}, {}] },
      after: { keys: [{ signs_until: null }] },
    },
    { action: 'sp_key.published', subject_id: next, before: null, after: { certificate: /BEGIN CERTIFICATE/ } },
    { action: 'sp_key.activated', subject_id: next, before: { activated_at: null } },
    { action: 'sp_key.retired', subject_id: current, before: { retired_at: null } },
  ])
  t.notMatch(JSON.stringify(items), /"d":|PRIVATE KEY|sealed/)
})

test('a change whose event cannot be kept is not made, and a change that is not made has no event', async t => {
  const { admin, db } = await service
  const { id, path } = await made()
  const { app } = await service
  const connection = await connect(app, idp, { tenant: 'staying' })
  await logIn(openBrowser(app), idp, connection)
  const state = async () => [
    (await admin('GET', path)).body,
    (await admin('GET', `${path}/versions`)).body.items.length,
    (await admin('GET', '/clients')).body.items.length,
    (await admin('GET', '/sessions?tenant=staying')).body.items.length,
    (await admin('GET', '/signing-keys')).body.items.length,
    await auditStore(db).head(),
    (await events(`subject_id=${id}`)).length,
  ]
  const before = await state()
  for (const at of ['record', 'commit'] as const) {
    fault.at = at
    await refuses(t, 500, admin('POST', '/connections', { tenant: 'acme', name: 'New', ...three }))
    await refuses(t, 500, admin('PATCH', path, { name: 'New' }))
    await refuses(t, 500, admin('POST', `${path}/versions/1/restore`))
    await refuses(t, 500, admin('DELETE', path))
    await refuses(t, 500, admin('POST', '/clients', { client_id: 'new', name: 'New', audience: 'a' }))
    await refuses(t, 500, admin('DELETE', '/sessions?tenant=staying'))
    await refuses(t, 500, admin('POST', '/signing-keys/rotate', { leaked: true }))
    fault.at = 'nowhere'
    t.same(await state(), before, at)
  }
  // Refused by a rule, or late.
  await refuses(t, 400, admin('PATCH', path, { sign_on_url: 'nowhere' }))
  await refuses(t, 412, admin('PATCH', path, { name: 'Late' }, { 'if-match': '"9"' }))
  t.same(await state(), before)
})

test('events come by page, newest first, and by filter; a filter that is none is refused', async t => {
  const { admin, clock } = await service
  const { id, path } = await made()
  for (const name of ['B', 'C']) await admin('PATCH', path, { name })
  const later = new Date(clock.now.getTime() + 60_000)
  clock.now = later
  await admin('PATCH', path, { name: 'D' })
  const of = `subject_type=connection&subject_id=${id}`
  const first = (await admin('GET', `/audit-events?${of}&limit=3`)).body
  const second = (await admin('GET', `/audit-events?${of}&limit=3&cursor=${first.next_cursor}`)).body
  const names = [...first.items, ...second.items].map(one => one.after.name)
  t.same(names, ['D', 'C', 'B', 'Acme'])
  t.equal(second.next_cursor, null)
  t.equal((await events(`${of}&action=connection.created`)).length, 1)
  t.equal((await events(`${of}&actor=cli`)).length, 0)
  t.equal((await events(`${of}&since=${later.toISOString()}`)).length, 1)
  for (const query of [
    'since=yesterday',
    'since=2016-12-31T23:59:60Z',
    'cursor=x',
    'cursor=9999999999',
    'trust=perhaps',
  ])
    t.match(await admin('GET', `/audit-events?${query}`), { status: 400, body: { code: 'invalid_request' } }, query)
})

test('every version of a connection is kept, and two of them compare', async t => {
  const { admin } = await service
  const { path } = await made()
  await admin('PATCH', path, { name: 'Second', attributes: { department: ['ou'] } })
  await admin('PATCH', path, { certificates: [other.certificate] })
  const page = (await admin('GET', `${path}/versions?limit=2`)).body
  t.match(page.items, [{ version: 3, actor: 'admin-key' }, { version: 2 }])
  t.match((await admin('GET', `${path}/versions?cursor=${page.next_cursor}`)).body, {
    items: [{ version: 1 }],
    next_cursor: null,
  })
  const second = (await admin('GET', `${path}/versions/2`)).body
  t.match(second, { version: 2, name: 'Second', issuer: idp.issuer, certificates: [{ pem: /BEGIN C/ }] })
  t.notOk('diff' in second)
  const { diff } = (await admin('GET', `${path}/versions/3?diff=1`)).body
  t.match(diff, { against: 1, trust: true })
  t.same(Object.keys(diff.before).sort(), ['attributes', 'certificates', 'name'])
  t.match([diff.before.name, diff.after.name, diff.after.attributes.department], ['Acme', 'Second', ['ou']])
  t.same((await admin('GET', `${path}/versions/2?diff=2`)).body.diff, {
    against: 2,
    trust: false,
    before: {},
    after: {},
  })
  await refuses(t, 404, admin('GET', `${path}/versions/4`))
  await refuses(t, 404, admin('GET', `${path}/versions/1?diff=9`))
  await refuses(t, 400, admin('GET', `${path}/versions/0`))
  t.match(await admin('GET', '/connections/none/versions'), { status: 404, body: { code: 'connection_not_found' } })
  t.match(await admin('GET', '/connections/none/versions/1'), { status: 404, body: { code: 'connection_not_found' } })
})

test('a version comes back whole, as a new one, and that is recorded', async t => {
  const { admin } = await service
  const { id, path } = await made({ domains: ['acme.example'], attributes: { plan: { value: 'gold' } } })
  const then = (await admin('GET', path)).body
  const change = { issuer: other.issuer, certificates: [other.certificate], domains: [], attributes: { other: ['x'] } }
  await admin('PATCH', path, { ...change, name: 'Wrong' })
  t.match(await admin('POST', `${path}/versions/1/restore`, undefined, { 'if-match': '"1"' }), { status: 412 })
  const restored = await admin('POST', `${path}/versions/1/restore`, undefined, { 'if-match': '"2"' })
  t.match(restored, { status: 200, headers: { etag: '"3"' } })
  const { version: _v, updated_at: _u, ...settings } = then
  t.match(restored.body, { ...settings, version: 3 })
  t.same(restored.body.attributes, then.attributes)
  const [event] = await events(`subject_id=${id}&limit=1`)
  t.match(event, { action: 'connection.restored', trust: true, before: { name: 'Wrong' } })
  t.match(event.after, { name: 'Acme', version: 3, restored_version: 1 })
  t.same((await admin('GET', `${path}/versions/3?diff=1`)).body.diff, {
    against: 1,
    trust: false,
    before: {},
    after: {},
  })
  await refuses(t, 404, admin('POST', `${path}/versions/7/restore`))
  await refuses(t, 404, admin('POST', '/connections/none/versions/1/restore'))
})

test('a version is judged by the rules of now: a permission that has expired does not come back', async t => {
  const { admin, clock, db } = await service
  const until = new Date(clock.now.getTime() + 5 * day).toISOString().slice(0, 10)
  const { id, path } = await made({ allow_sha1_until: until })
  await admin('PATCH', path, { allow_sha1_until: null })
  await refuses(t, 200, admin('POST', `${path}/versions/1/restore`))
  await admin('PATCH', path, { allow_sha1_until: null })
  clock.now = new Date(clock.now.getTime() + 6 * day)
  const late = await admin('POST', `${path}/versions/1/restore`)
  t.match(late, { status: 400, body: { code: 'invalid_request', errors: [{ field: 'allow_sha1_until' }] } })
  t.equal((await admin('GET', path)).body.allow_sha1_until, null)
  // A version of before a setting existed, and one that a rule of today refuses.
  await db.query(`update connection_versions set settings = settings - 'on_group_overage' where connection_id = $1`, [
    id,
  ])
  await refuses(t, 200, admin('POST', `${path}/versions/2/restore`))
  await db.query(
    `update connection_versions set settings = settings || '{"sign_on_url": "ftp://idp"}' where version = 2`,
  )
  t.match(await admin('POST', `${path}/versions/2/restore`), {
    status: 400,
    body: { errors: [{ field: 'sign_on_url' }] },
  })
})

test('after all this the chain is whole', async t => {
  const { db } = await service
  const verdict = await verifyChain(auditStore(db))({})
  t.match(verdict, { whole: true })
  t.ok(verdict.whole && verdict.walked > 50)
})
