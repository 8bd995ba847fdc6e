// From an attribute to a token: what a connection's rules make of hostile, large and missing attributes, over the doors.

import { decodeJwt } from 'jose'
import { t as root, type Test, test } from 'tap'
import { roomForClaims } from '../../src/connections/claims-size.ts'
import { groupsAttribute } from '../../src/connections/group-overage.ts'
import { testApp } from '../support/app.ts'
import { connect, logIn, openBrowser, whyRefused } from '../support/browser.ts'
import { type Parts, testIdp } from '../support/idp.ts'

const service = testApp(root)
const idp = testIdp()

/** Signs in and answers the token's claims and the whole answer of the gateway. */
async function tokenOf(
  t: Test,
  more: object,
  change: Partial<Parts>,
  at?: { id: string; entityId: string; acsUrl: string },
) {
  const { app } = await service
  const browser = openBrowser(app)
  const answer = await logIn(browser, idp, at ?? (await connect(app, idp, more)), change)
  t.equal(answer.statusCode, 303, answer.body)
  const verified = await browser.get('/gateway/verify')
  const token = String(verified.headers['authorization']).replace('Bearer ', '')
  return { token, claims: decodeJwt(token) as Record<string, unknown>, headers: verified.headers }
}

/** Signs in, is refused, and answers what the operator reads of it. */
async function checkOf(more: object, change: Partial<Parts>) {
  const { app, admin } = await service
  const answer = await logIn(openBrowser(app), idp, await connect(app, idp, more), change)
  const { code, failed } = await whyRefused(app, answer)
  const { checks } = (await admin('GET', `/logins/${answer.json().trace_id}`)).body
  const check = checks.find((one: { name: string }) => one.name === 'claims')
  return { status: answer.statusCode, shown: answer.json().code, code, failed, check }
}

const hostile = {
  ...{ iss: ['x'], sub: ['x'], aud: ['x'], exp: ['9999999999'], scope: ['admin'], roles: ['admin'], role: ['admin'] },
  ...{ tenant: ['other'], sid: ['x'], connection: ['x'], client_id: ['x'], constructor: ['x'], prototype: ['x'] },
  ...{ toString: ['x'], hasOwnProperty: ['x'], email_verified: ['true'], groups_overage: ['x'] },
}
// As a member of its own, which an object literal cannot say.
const sent: Record<string, string[]> = Object.fromEntries([
  ...Object.entries(hostile),
  ['__proto__', ['polluted']],
  ['email', ['__proto__', 'constructor']],
])

test('hostile attribute names and values reach the token only where they are mapped, as values of that claim', async t => {
  const { admin } = await service
  const attributes = { quoted: ['__proto__'], built: { all: ['constructor', 'toString'], list: true } }
  const more = { attributes, roles: [{ if: { quoted: ['*'] }, grant: ['__proto__', 'constructor'] }] }
  const { claims } = await tokenOf(t, more, { attributes: sent })
  const ours = [
    'iss',
    'sub',
    'aud',
    'client_id',
    'jti',
    'iat',
    'exp',
    'auth_time',
    'sid',
    'tenant',
    'connection',
    'acr',
  ]
  t.same(Object.keys(claims).sort(), [...ours, 'built', 'email', 'quoted', 'roles'].sort())
  t.match(claims, { quoted: 'polluted', built: ['x'], email: '__proto__', iss: 'https://sso.example', tenant: 'acme' })
  t.same(claims['roles'], ['__proto__', 'constructor'])
  t.equal(({} as { polluted?: unknown }).polluted, undefined)
  const [login] = (await admin('GET', '/logins?limit=1')).body.items
  const { received } = login.checks.find((one: { name: string }) => one.name === 'claims')
  t.match(received, /quoted from __proto__; role __proto__ by roles\[0\]; role constructor by roles\[0\]$/)
  t.equal(login.sub, claims['sub'])
})

test('a body cannot map a reserved name, poison a prototype, or name what no rule has', async t => {
  const { admin } = await service
  const { id } = await connect((await service).app, idp)
  const refused = async (change: object | string) => {
    const answer = await admin('PATCH', `/connections/${id}`, change, { 'content-type': 'application/json' })
    t.equal(answer.status, 400)
    return (answer.body.errors ?? []).map((one: { field: string }) => one.field).sort()
  }
  t.same(await refused({ attributes: { sub: ['uid'], constructor: ['x'] } }), [
    'attributes.constructor',
    'attributes.sub',
  ])
  t.same(await refused('{"attributes":{"__proto__":["x"]}}'), [])
  t.same(await refused('{"roles":[{"if":{"constructor":{"prototype":{"x":1}}},"grant":["a"]}]}'), [])
  t.same(await refused({ attributes: { x: { frm: ['a'] } } }), ['attributes.x.frm'])
  t.same(await refused({ attributes: { x: { from: [] } } }), ['attributes.x.from'])
  t.same(await refused({ attributes: { x: 'a' } }), ['attributes.x'])
  t.same(await refused({ attributes: { x: { from: ['a'], required: 'yes' } } }), ['attributes.x.required'])
  t.same(await refused({ roles: [{ if: { groups: 'a' }, grant: ['a'] }] }), ['roles[0].if.groups'])
  for (const text of ['\u0000', '\ud800']) {
    t.same(await refused({ attributes: { x: { value: text } } }), ['attributes.x.value'])
    t.same(await refused({ roles: [{ if: {}, grant: [text] }] }), ['roles[0].grant[0]'])
  }
  t.same(await refused({ on_group_overage: 'ignore' }), ['on_group_overage'])
  t.same(await refused({ tests: [{ name: 'x', attributes: {}, expect: {}, more: 1 }] }), ['tests[0].more'])
  t.same(await refused({ tests: [{ name: 'x', attributes: {}, expect: { roles: ['a'] } }], clock_skew: -1 }), [
    'clock_skew',
  ])
})

test('rules in their long form come back as they were given, and old ones stay as they are', async t => {
  const { admin, app } = await service
  const attributes = { groups: { from: ['g'], only: ['a*'] }, plan: { value: 'gold' }, name: ['cn'] }
  const roles = [
    { if: { groups: ['a'], not: { plan: ['blue'] } }, grant: ['r'] },
    { if: { groups: ['b'] }, grant: ['s'] },
  ]
  const tests = [
    { name: 'Ada', attributes: { g: ['a', 'b'] }, expect: { claims: { groups: ['a'], name: null }, roles: ['r'] } },
  ]
  const { id } = await connect(app, idp, { attributes, roles, tests, on_group_overage: 'keep_last' })
  const { body } = await admin('GET', `/connections/${id}`)
  t.same([body.roles, body.tests, body.on_group_overage], [roles, tests, 'keep_last'])
  t.match(body.attributes, attributes)
  t.equal((await admin('PATCH', `/connections/${id}`, { name: 'Other' })).status, 200)
  t.match((await admin('GET', `/connections/${id}/tests`)).body, {
    passed: true,
    items: [{ name: 'Ada', failures: [] }],
  })
  const tried = await admin('POST', `/connections/${id}/tests`, { attributes: { g: ['a', 'x'], mail: ['a@b.c'] } })
  t.match(tried.body, { outcome: 'accepted', code: null, grants: { r: ['roles[0]'] }, sources: { groups: ['g'] } })
  t.same(tried.body.claims, { email: 'a@b.c', groups: ['a'], plan: 'gold', roles: ['r'] })
  await admin('PATCH', `/connections/${id}`, { attributes: { dept: { from: ['ou'], required: true } }, tests: [] })
  t.match((await admin('POST', `/connections/${id}/tests`, { attributes: {} })).body, { code: 'claim_missing' })
  t.equal((await admin('POST', `/connections/${id}/tests`, { attributes: { g: 'a' } })).status, 400)
  t.equal((await admin('POST', '/connections/nosuchconnection/tests', { attributes: {} })).status, 404)
  t.equal((await admin('GET', '/connections/nosuchconnection/tests')).status, 404)
  await admin('PATCH', `/connections/${id}`, { attributes: { dept: [] }, tests })
  const broken = await admin('PATCH', `/connections/${id}`, { roles: roles.slice(1) })
  t.match(broken, {
    status: 400,
    body: { errors: [{ field: 'tests[0]', message: /expected roles \["r"\], came \[\]/ }] },
  })
  t.equal((await admin('PATCH', `/connections/${id}`, { roles: roles.slice(1), tests: [] })).status, 200)
  t.match(await admin('POST', '/connections', { ...body, tests, attributes: { groups: ['other'] } }), { status: 400 })
})

test('a login that lacks what is required is refused, and its reference says what came and where to change it', async t => {
  const more = { provider: 'okta', attributes: { department: { from: ['ou'], required: true } } }
  const { status, shown, code, failed, check } = await checkOf(more, {
    attributes: { email: ['a@b.c'], title: ['secret'] },
  })
  t.same([status, shown, code, failed], [403, 'login_refused', 'claim_missing', ['claims']])
  t.match(check.received, 'no department (from ou); these attributes came: email, title')
  t.notMatch(JSON.stringify(check), /secret|a@b\.c/)
  t.match(check.fix, /^In Okta, .*Or map the claim/)
})

test('a name of somebody else’s domain is refused, for tokens of two connections never meet by a name', async t => {
  const more = { domains: ['acme.example'], attributes: { eppn: { from: ['eppn'], scoped: true } } }
  t.match(await checkOf(more, { attributes: { eppn: ['user@other.edu'] } }), {
    code: 'claim_out_of_scope',
    check: { received: 'eppn with @other.edu' },
  })
  const attributes = { eppn: ['user@acme.example'], email: ['same@acme.example'] }
  const [one, other] = [await tokenOf(t, more, { attributes }), await tokenOf(t, more, { attributes })]
  t.equal(one.claims['email'], other.claims['email'])
  t.not(one.claims['sub'], other.claims['sub'], 'the same NameID and e-mail at two connections')
})

test('a thousand groups: refused with the numbers, or filtered to three; a full token fits a header', async t => {
  const groups = Array.from({ length: 1000 }, (_, at) => `${10_000_000 + at}-aaaa-4bbb-8ccc-dddddddddddd`)
  const { code, check } = await checkOf({}, { attributes: { groups } })
  t.equal(code, 'claims_too_large')
  t.match(check.received, /^39\d{3} bytes, 39001 of them groups of 1000 values$/)
  t.match(check.fix, /the member only/)
  const only = { groups: { from: ['groups'], only: groups.slice(0, 2).concat('*0999-aaaa-*') } }
  const some = await tokenOf(t, { attributes: only }, { attributes: { groups } })
  t.same(some.claims['groups'], [groups[0], groups[1], groups[999]])
  const fill = ['x'.repeat(roomForClaims - 120)]
  const { token, headers } = await tokenOf(t, { attributes: { fill: ['fill'] } }, { attributes: { fill } })
  t.ok(token.length > 5000 && JSON.stringify(headers).length < 8192, `${token.length} characters`)
})

test('groups that Entra ID left out are those of the last login, where the connection says so', async t => {
  const { app, db, admin } = await service
  const roles = [{ if: { groups: ['admins'] }, grant: ['admin'] }]
  const at = await connect(app, idp, { provider: 'entra-id', roles, on_group_overage: 'keep_last' })
  const link = { 'http://schemas.microsoft.com/claims/groups.link': ['https://graph.example/getMemberObjects'] }
  const login = async (attributes: Record<string, string[]>, nameId = 'alice') =>
    (await tokenOf(t, {}, { attributes, nameId }, at)).claims
  t.match(await login(link), { groups_overage: true, groups: undefined, roles: undefined })
  t.match(await login({ [groupsAttribute]: ['admins', 'staff'] }), { roles: ['admin'], groups_overage: undefined })
  const kept = { groups_overage: true, groups: ['admins', 'staff'], roles: ['admin'] }
  t.match(await login(link), kept)
  t.match(await login(link), kept, 'and they stay')
  t.match(await login(link, 'bob'), { groups_overage: true, groups: undefined }, 'each person has their own')
  await login({})
  t.match(await login(link), { groups_overage: true, groups: undefined }, 'in no group any more')
  await login({ [groupsAttribute]: ['admins'] })
  await admin('PATCH', `/connections/${at.id}`, { on_group_overage: 'continue' })
  t.match(await login(link), { groups_overage: true, groups: undefined })
  const rows = await db.query<{ last_groups: unknown }>('select last_groups from people where connection_id = $1', [
    at.id,
  ])
  t.same(rows.map(row => row.last_groups).sort(), [null, null], 'nothing is kept that is not used')
  t.match(await checkOf({ provider: 'entra-id', on_group_overage: 'refuse' }, { attributes: link }), {
    code: 'groups_overage',
    check: { fix: /Groups assigned to the application/ },
  })
})
