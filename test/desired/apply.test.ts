import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { t as root, test } from 'tap'
import { applyDesired, readDesiredFiles, readKept } from '../../src/app-desired.ts'
import type { Desired } from '../../src/desired/desired.ts'
import { differences } from '../../src/desired/difference.ts'
import { type Plan, planChanges } from '../../src/desired/plan.ts'
import { planText } from '../../src/desired/plan-text.ts'
import { writeFile } from '../../src/desired/written.ts'
import { Problem } from '../../src/problem.ts'
import { testApp } from '../support/app.ts'
import { assay } from '../support/cli.ts'
import { testDatabase } from '../support/database.ts'
import { testIdp } from '../support/idp.ts'

const idp = testIdp()
const service = testApp(root)
const clock = () => new Date()
const secret = 'a-secret-of-an-application-0123456789'
const references = {
  env: (name: string) => ({ APP_SECRET: secret, SHORT: 'short' })[name],
  file: (path: string) => {
    if (path !== 'idp.pem') throw Object.assign(new Error(path), { code: 'ENOENT' })
    return `${idp.certificate}\n`
  },
}
const certificate = idp.bareCertificate
const acme = `
connections:
  - id: acmecompany1
    tenant: acme
    name: Acme
    issuer: ${idp.issuer}
    sign_on_url: https://idp.example/sso
    certificates: [{ file: idp.pem }]
    domains: [acme.example]
    attributes: { department: { from: [ou], required: true }, name: [] }
    roles: [{ if: { groups: [ops] }, grant: [operator] }]
    tests:
      - { name: On call, attributes: { ou: [IT], groups: [ops] }, expect: { roles: [operator] } }
`
const app = `
clients:
  - client_id: app
    name: The app
    audience: https://api.example
    origins: [https://app.example]
    confidential: true
    secret: { env: APP_SECRET }
`

const read = (text: string, name = 'house.yaml'): Promise<Desired> =>
  readDesiredFiles([{ name, text }], references, clock())
const summary = ({ changes }: Plan) => changes.map(({ does, kind, id }) => `${does} ${kind} ${id}`)
const mistakesIn = async (text: string): Promise<string[]> => {
  const refused = await read(text).catch(error => error)
  return refused instanceof Problem ? refused.mistakes.map(one => one.field).sort() : []
}
const fresh = async (t: Parameters<typeof testDatabase>[0]) => (await testDatabase(t)).db
const all = { prune: false, agrees: () => true, clock }

test('differences are told by path; members have no order, items have', async t => {
  const table: [unknown, unknown, string[]][] = [
    [{ a: 1, b: 2 }, { b: 2, a: 1 }, []],
    [{ a: 1 }, { a: 2 }, ['a']],
    [{ a: { b: [1, 2] } }, { a: { b: [2, 1] } }, ['a.b']],
    [{ roles: [{ grant: ['x'] }] }, { roles: [{ grant: ['y'] }] }, ['roles[0].grant']],
    [{ roles: [{ x: 1 }] }, { roles: [{ x: 1 }, { x: 2 }] }, ['roles[1]']],
    [{ a: null }, {}, ['a']],
    [{ a: [] }, {}, ['a']],
    [{ a: [['x']] }, { a: ['x'] }, ['a']],
    [{}, JSON.parse('{"__proto__": 1}'), ['__proto__']],
  ]
  for (const [before, after, expected] of table)
    t.same(
      differences(before, after).map(one => one.member),
      expected,
      JSON.stringify([before, after]),
    )
})

test('a plan creates, changes and, only where asked, removes what no file names of the kinds that it holds', async t => {
  const db = await fresh(t)
  await applyDesired(db, await read(acme + app), all)
  const kept = await readKept(db)
  const table: [string, boolean, string[]][] = [
    [acme + app, true, []],
    [acme.replace('name: Acme\n', 'name: Acme, new\n'), true, ['change connection acmecompany1']],
    [acme.replaceAll('acmecompany1', 'acmecompany2'), false, ['create connection acmecompany2']],
    [
      acme.replaceAll('acmecompany1', 'acmecompany2'),
      true,
      ['create connection acmecompany2', 'remove connection acmecompany1'],
    ],
    ['clients: []', true, ['remove client app']],
    ['connections: []', false, []],
    ['{ "connections": [], "clients": [] }', true, ['remove connection acmecompany1', 'remove client app']],
  ]
  for (const [text, prune, expected] of table)
    t.same(summary(planChanges(await read(text), kept, prune)), expected, text)
})

test('applying twice is applying once, and what the API changed since is brought back', async t => {
  const { admin, db } = await service
  const first = await applyDesired(db, await read(acme + app), all)
  t.same(summary(first), ['create connection acmecompany1', 'create client app'])
  const made = (await admin('GET', '/connections/acmecompany1')).body
  t.match(made, { id: 'acmecompany1', version: 1, domains: ['acme.example'], attributes: { name: [] } })
  t.match(await applyDesired(db, await read(acme + app), all), { changes: [], unchanged: 2 })
  t.equal((await admin('GET', '/connections/acmecompany1')).body.version, 1)

  await admin('PATCH', '/connections/acmecompany1', { clock_skew: 60, attributes: { extra: ['x'] } })
  const back = await applyDesired(db, await read(acme), all)
  t.same(
    back.changes[0]?.differences.map(one => one.member),
    ['clock_skew', 'attributes.extra'],
  )
  t.notOk('extra' in (await admin('GET', '/connections/acmecompany1')).body.attributes)
})

test('where metadata is followed, its word counts and not the one that a file began with', async t => {
  const db = await fresh(t)
  const url = 'https://idp.example/metadata'
  const followed = acme.replace('    domains:', `    metadata_url: ${url}\n    domains:`)
  await applyDesired(db, await read(followed), all)
  const due = 'select url from connection_metadata where next_at <= now()'
  t.same(await db.query(due), [{ url }], 'it is fetched next')
  await db.query(`update connections set sign_on_url = 'https://idp.example/moved'`)
  t.same(summary(await applyDesired(db, await read(followed), all)), [])
  const [kept] = (await readKept(db)).connections
  t.match(kept, { metadata_url: url, certificates: [{ source: 'metadata' }] })
  t.same(summary(await applyDesired(db, await read(acme), all)), ['change connection acmecompany1'])
  t.same(await db.query(due), [], 'and no more, once no file says so')
  t.same(await mistakesIn(`connections: [{ id: acmecompany2, tenant: a, name: A, metadata_url: '${url}' }]`), [
    'house.yaml:1 connections[0].metadata_url',
  ])
  t.same(await db.query('select distinct actor from audit_events'), [{ actor: 'cli' }])
})

test('the secret of a client is taken from where it is kept, works, and is in no plan', async t => {
  const { app: http, db, admin } = await service
  const other = app.replace('app\n', 'billing\n')
  const plan = await applyDesired(db, await read(other), all)
  t.notMatch(JSON.stringify(plan) + planText(plan), secret)
  t.match(planText(plan), 'secret')
  const asks = (password: string) =>
    http.inject({
      method: 'POST',
      url: '/introspect',
      headers: { authorization: `Basic ${Buffer.from(`billing:${password}`).toString('base64')}` },
      payload: new URLSearchParams({ token: 'x' }).toString(),
    })
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  const right = await http.inject({
    method: 'POST',
    url: '/introspect',
    headers: { ...form, authorization: `Basic ${Buffer.from(`billing:${secret}`).toString('base64')}` },
    payload: 'token=x',
  })
  t.equal(right.statusCode, 200)
  t.not((await asks('wrong')).statusCode, 200)
  // Without a reference it stays; a client that has none needs one.
  const without = other.replace('    secret: { env: APP_SECRET }\n', '')
  t.match(await applyDesired(db, await read(without), all), { changes: [] })
  const third = await read(without.replace('billing', 'third'))
  const refused = await applyDesired(db, third, all).catch(error => error)
  t.match(refused, { mistakes: [{ field: 'house.yaml:3 clients[0].secret' }] })
  t.match((await admin('GET', '/clients/third')).status, 404)
})

test('all mistakes are told at once, each with its file, its line and its place', async t => {
  const text = `connections:
  - { id: Short, tenant: Acme Inc, name: A, colour: red, issuer: x, sign_on_url: 'ftp://x', certificates: [nonsense] }
  - id: goodcompany1
    name: B
    metadata_xml: { file: nowhere.xml }
    certificates: [{ env: HOME }]
  - text
clients:
  - { client_id: app, name: App, audience: x, confidential: true, secret: { env: NOT_SET } }
  - { client_id: app, name: App, audience: x, confidential: true, secret: { env: SHORT } }
  - { client_id: two, name: App, audience: x, secret: { env: APP_SECRET }, origins: ['https://x/y'] }
  - { client_id: three, name: App, audience: x, confidential: true, secret: plain }
`
  t.same(await mistakesIn(text), [
    'house.yaml:10 clients[1].client_id',
    'house.yaml:10 clients[1].secret',
    'house.yaml:11 clients[2].origins[0]',
    'house.yaml:12 clients[3].secret',
    'house.yaml:2 connections[0].certificates[0]',
    'house.yaml:2 connections[0].colour',
    'house.yaml:2 connections[0].id',
    'house.yaml:2 connections[0].sign_on_url',
    'house.yaml:2 connections[0].tenant',
    'house.yaml:3 connections[1].tenant',
    'house.yaml:5 connections[1].metadata_xml',
    'house.yaml:6 connections[1].certificates[0]',
    'house.yaml:7 connections[2]',
    'house.yaml:9 clients[0].secret',
  ])
  const forms: [string, string[]][] = [
    ['connection: []', ['house.yaml:1 connection']],
    ['connections: {}', ['house.yaml:1 connections']],
    ['- x', ['house.yaml']],
    ['', ['house.yaml']],
    ['a: b: c', ['house.yaml:1']],
    ['clients: []\nclients: []', ['house.yaml:2']],
    ['clients: [!!js/function "x"]', ['house.yaml:1']],
    ['clients: [*nobody]', ['house.yaml']],
    [`clients: [&a [x], &b [${'*a,'.repeat(20)}], &c [${'*b,'.repeat(20)}], [${'*c,'.repeat(20)}]]`, ['house.yaml']],
  ]
  for (const [form, expected] of forms) t.same(await mistakesIn(form), expected, form)
  const rule = acme.replace('[operator] } }', '[admin] } }')
  t.same(await mistakesIn(rule), ['house.yaml:13 connections[0].tests[0]'])
})

test('everything is applied or nothing', async t => {
  const db = await fresh(t)
  const desired = await read(acme + app)
  const also = () => Promise.reject(new Error('late'))
  await t.rejects(applyDesired(db, desired, { ...all, also }), { message: 'late' })
  t.same(await readKept(db), { connections: [], clients: [] })
  t.same(summary(await applyDesired(db, desired, { ...all, agrees: () => false })).length, 2)
  t.same(await readKept(db), { connections: [], clients: [] })
})

test('two applies at once: one makes, the other finds it made', async t => {
  const db = await fresh(t)
  const desired = await read(acme + app)
  const plans = await Promise.all([applyDesired(db, desired, all), applyDesired(db, desired, all)])
  t.same(plans.map(one => one.changes.length).sort(), [0, 2])
})

test('an export is the same every time, plans nothing where it came from, and makes the same house elsewhere', async t => {
  const { admin, db } = await service
  const body = {
    tenant: 'globex',
    name: 'Globex "#1": x',
    issuer: 'urn:globex',
    sign_on_url: 'https://idp.example/sso',
  }
  const rich = {
    ...{ provider: 'okta', logout_url: 'https://idp.example/slo', logout_binding: 'post', request_binding: 'post' },
    ...{ domains: ['globex.example'], enabled: false, clock_skew: 0, requested_authn_context: ['urn:x'] },
    ...{
      sp_entity_id: 'urn:old',
      acs_aliases: ['https://old.example/acs'],
      on_group_overage: 'refuse',
      subject: 'uid',
    },
    attributes: { email: [], plan: { value: 'gold' }, name: { join: ['a', ['b', 'c']], separator: ' ' } },
    roles: [{ if: { any: [{ plan: ['gold'] }, { not: { acr: ['x*'] } }] }, grant: ['paid'] }],
    tests: [{ name: 'Paid', attributes: {}, expect: { claims: { plan: 'gold', email: null }, roles: ['paid'] } }],
  }
  const made = await admin('POST', '/connections', { ...body, ...rich, certificates: [certificate] })
  t.equal(made.status, 201)
  await admin('POST', '/clients', {
    client_id: 'spa',
    name: 'SPA',
    audience: 'x',
    redirect_uris: ['https://spa.example/'],
  })
  await admin('PATCH', '/clients/default', { token_ttl: 60 })
  const kept = await readKept(db)
  const [text, json] = [writeFile(kept, 'https://sso.example', false), writeFile(kept, 'https://sso.example', true)]
  t.equal(text, writeFile(await readKept(db), 'https://sso.example', false))
  t.notMatch(text, /secret/)
  t.match(text, 'client_id: default')
  for (const one of [text, json]) {
    const plan = await applyDesired(db, await read(one), { ...all, prune: true })
    t.match(plan, { changes: [] }, planText(plan))
  }
  // The secrets of clients are not in it: they are named before it makes another house.
  const elsewhere = await fresh(t)
  await t.rejects(applyDesired(elsewhere, await read(text), all), { code: 'invalid_request' })
  const named = text.replaceAll('confidential: true', 'confidential: true\n    secret: { env: APP_SECRET }')
  await applyDesired(elsewhere, await read(named), all)
  t.equal(writeFile(await readKept(elsewhere), 'https://sso.example', false), text)
})

test('apply and export from the command line: dry, applied, pruned only with --yes', async t => {
  const { url, db } = await testDatabase(t)
  const folder = mkdtempSync(join(tmpdir(), 'assay-apply-'))
  const [house, less] = [join(folder, 'house.yaml'), join(folder, 'less.json')]
  writeFileSync(join(folder, 'idp.pem'), idp.certificate)
  writeFileSync(house, acme + app)
  writeFileSync(less, '{ "clients": [] }')
  const settings = { DATABASE_URL: url, APP_SECRET: secret, PUBLIC_URL: 'https://sso.example' }
  const run = (...args: string[]) => assay(args, settings)
  t.match(await run('apply', '-f', house, '--dry-run'), { exitCode: 0, stdout: /2 to create.*\nNothing was done/ })
  t.match(await run('apply', '-f', house, '--json'), { exitCode: 0, stdout: /"applied": true/ })
  t.match(await run('apply', '-f', less, '--prune'), { exitCode: 2, stdout: /- client app/, stderr: /--yes/ })
  t.match(await readKept(db), { connections: [{ id: 'acmecompany1' }], clients: [{ client_id: 'app' }] })
  const one = await run('export', '--connection', 'acmecompany1')
  t.match(one, { exitCode: 0, stdout: /^connections:\n {2}- id: acmecompany1\n/ })
  t.notMatch(one.stdout, 'clients')
})
