// Claims and roles as rules: what each member does, what a connection's examples hold, and what no mapping can do.

import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { test } from 'tap'
import { inScope, type Mapping } from '../../src/connections/claim-rule.ts'
import { roomForClaims } from '../../src/connections/claims-size.ts'
import { describePerson, type Wording, wantsLastGroups } from '../../src/connections/describe.ts'
import { fits } from '../../src/connections/glob.ts'
import { groupsAttribute } from '../../src/connections/group-overage.ts'
import { reservedClaims } from '../../src/connections/reserved-claims.ts'
import type { Condition } from '../../src/connections/role-rule.ts'
import { wrongRules } from '../../src/connections/wrong-rules.ts'
import { Problem } from '../../src/problem.ts'

type Sent = Record<string, string[]>
const person = (sent: Sent) => ({
  nameID: undefined,
  authnStatements: [],
  attributes: Object.entries(sent).map(([name, values]) => {
    return { name, values, nameFormat: undefined, friendlyName: undefined }
  }),
})
const wording = (more: Partial<Wording>): Wording => {
  return { attributes: {}, roles: [], domains: ['acme.example'], on_group_overage: 'continue', ...more }
}
const describe = (sent: Sent, more: Partial<Wording>, last?: string[]) =>
  describePerson(person(sent), wording(more), last)
const refusal = (sent: Sent, more: Partial<Wording>) => {
  try {
    return describe(sent, more).claims
  } catch (error) {
    return error instanceof Problem ? { code: error.code, detail: error.detail } : error
  }
}
const claim = (mapping: Mapping, sent: Sent) => describe(sent, { attributes: { x: mapping } }).claims['x']

test('each member of a claim’s rule does one thing', async t => {
  const sent = { given: ['Ada'], sn: ['Byron', 'Lovelace'], of: ['a; B ;;a', 'c'], empty: [' '] }
  const cases: [Mapping, Sent[string] | string | undefined][] = [
    [{ from: ['none', 'empty', 'given'] }, 'Ada'],
    [{ all: ['given', 'none', 'sn'] }, ['Ada', 'Byron', 'Lovelace']],
    [{ join: ['given', 'sn'] }, 'Ada Byron'],
    [{ join: ['sn', ['none', 'given']], separator: ', ' }, 'Byron, Ada'],
    [{ join: ['given', 'none'] }, 'Ada'],
    [{ join: ['none', 'empty'] }, undefined],
    [{ value: 'gold' }, 'gold'],
    [{ value: ['gold', 'blue'] }, ['gold', 'blue']],
    [{ from: ['of'], split: ';' }, ['a', 'B', 'c']],
    [{ from: ['of'], split: ';', lower: true }, ['a', 'b', 'c']],
    [{ from: ['of'], split: ';', lower: true, only: ['b', 'c*'] }, ['b', 'c']],
    [{ from: ['sn'], only: ['x*'] }, undefined],
    [{ from: ['given'], list: true }, ['Ada']],
    [{ from: ['sn'], list: false }, 'Byron'],
    [{ from: ['given'], in_token: false }, undefined],
    [[], undefined],
  ]
  for (const [mapping, expected] of cases) t.same(claim(mapping, sent), expected, JSON.stringify(mapping))
})

test('lower case makes no letter of ASCII from one that only looks alike', async t => {
  t.equal(claim({ from: ['m'], lower: true }, { m: ['ÄDMIN@Acme.Example'] }), 'ädmin@acme.example')
  t.equal(claim({ from: ['m'], lower: true }, { m: ['\u212aATE@\u0130.example'] }), '\u212aate@\u0130.example')
})

test('a scoped claim is of one of the connection’s domains, or the login is refused', async t => {
  for (const good of ['ada@acme.example', 'ada@ACME.Example', 'ä+1@acme.example'])
    t.ok(inScope(good, ['acme.example']), good)
  const foreign = [
    'ada@other.example',
    'ada@sub.acme.example',
    'ada@x@acme.example',
    'ada@acme.example.',
    '@acme.example',
    'ada',
  ]
  for (const bad of [
    ...foreign,
    'a da@acme.example',
    'ada@acme.example\n',
    'ada@\u212acme.example',
    'ada@acme\u3002example',
  ])
    t.notOk(inScope(bad, ['acme.example', 'kcme.example']), bad)
  const attributes = { eppn: { from: ['eppn'], scoped: true } }
  t.match(describe({ eppn: ['ada@acme.example'] }, { attributes }).claims, { eppn: 'ada@acme.example' })
  t.match(refusal({ eppn: ['ada@acme.example', 'root@other.edu'] }, { attributes }), {
    code: 'claim_out_of_scope',
    detail: 'eppn with @other.edu',
  })
  t.same(describe({}, { attributes }).claims, {}, 'what is absent has no scope')
})

test('a required claim that is missing refuses the login and names what came, without values', async t => {
  const attributes = { department: { from: ['ou', 'dept'], required: true }, email: ['mail'] }
  t.same(refusal({ mail: ['ada@acme.example'], ou: [' '], title: ['secret'] }, { attributes }), {
    code: 'claim_missing',
    detail: 'no department (from ou, dept); these attributes came: mail, title',
  })
  const many = Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`${at}`.padEnd(5000, 'x'), ['v']]))
  const told = refusal(many, { attributes }) as { detail: string }
  t.match(told.detail, /and 450 more$/)
  t.ok(told.detail.length < 10_000, 'however many came and however long they are')
})

test('a thousand groups are refused with the numbers, and come in where they are filtered or kept out of the token', async t => {
  const groups = Array.from(
    { length: 1000 },
    (_, at) => `CN=${at === 500 ? 'assay-' : ''}group-${at},OU=Groups,DC=acme`,
  )
  const sent = { memberOf: groups }
  const refused = refusal(sent, { attributes: { groups: ['memberOf'] } })
  t.match(refused, { code: 'claims_too_large', detail: /^\d+ bytes, \d+ of them groups of 1000 values$/ })
  const only = ['CN=assay-*', 'CN=group-1,*', '*-999,*']
  t.same(describe(sent, { attributes: { groups: { from: ['memberOf'], only } } }).claims, {
    groups: [groups[1], groups[500], groups[999]],
  })
  const attributes = { groups: { from: ['memberOf'], in_token: false } }
  const roles = [{ if: { groups: ['CN=assay-*'] }, grant: ['user'] }]
  t.same(describe(sent, { attributes, roles }).claims, { roles: ['user'] })
})

test('conditions nest: every member of one must hold, all and any take lists, not takes one', async t => {
  const sent = { g: ['staff', 'ops-berlin'], ou: ['IT'], all: ['x'] }
  const attributes = { groups: ['g'], department: ['ou'], all: ['all'] }
  const cases: [Condition, boolean][] = [
    [{}, true],
    [{ groups: ['admins', 'staff'] }, true],
    [{ groups: ['STAFF'] }, false],
    [{ groups: ['ops-*'] }, true],
    [{ groups: ['ops*ber*lin*'] }, true],
    [{ groups: ['*-munich'] }, false],
    [{ groups: ['staff'], department: ['HR'] }, false],
    [{ not: { department: ['HR'] } }, true],
    [{ not: { groups: ['*'] } }, false],
    [{ any: [{ groups: ['none'] }, { department: ['IT'] }] }, true],
    [{ any: [{ groups: ['none'] }, { department: ['HR'] }] }, false],
    [{ all: [{ groups: ['staff'] }, { department: ['IT'] }] }, true],
    [{ all: [{ groups: ['staff'] }, { not: { groups: ['ops-*'] } }] }, false],
    [{ groups: ['staff'], any: [{ not: { all: [{ groups: ['staff'] }, { department: ['IT'] }] } }] }, false],
    [{ all: ['x'] }, true],
    [{ constructor: ['*'] }, false],
  ]
  for (const [condition, expected] of cases) {
    const { claims, grants } = describe(sent, { attributes, roles: [{ if: condition, grant: ['r'] }] })
    t.same(
      [claims['roles'], grants],
      expected ? [['r'], { r: ['roles[0]'] }] : [undefined, {}],
      JSON.stringify(condition),
    )
  }
})

test('every role says which rules gave it, every claim which attributes', async t => {
  const attributes = { groups: ['g'], name: { join: ['first', 'last'] }, plan: { value: 'gold' } }
  const roles = [
    { if: { groups: ['a'] }, grant: ['admin', 'user'] },
    { if: { groups: ['b'] }, grant: ['ghost'] },
    { if: {}, grant: ['user'] },
  ]
  t.match(describe({ g: ['a'], first: ['Ada'], last: ['B'] }, { attributes, roles }), {
    sources: { groups: ['g'], name: ['first', 'last'], plan: ['value'] },
    grants: { admin: ['roles[0]'], user: ['roles[0]', 'roles[2]'] },
  })
})

test('groups that Entra ID left out: refused, unknown, or those of the last login', async t => {
  const sent = { 'http://schemas.microsoft.com/claims/groups.link': ['https://graph.example/x'] }
  const attributes = { groups: [groupsAttribute, 'groups'] }
  const roles = [
    { if: { groups: ['admins'] }, grant: ['admin'] },
    { if: { not: { groups: ['contractors'] } }, grant: ['employee'] },
    { if: { any: [{ not: { groups: ['contractors'] } }, { acr: ['x'] }] }, grant: ['also'] },
    { if: {}, grant: ['user'] },
  ]
  const by = (on_group_overage: Wording['on_group_overage']) => ({ attributes, roles, on_group_overage })
  t.match(refusal(sent, by('refuse')), { code: 'groups_overage' })
  t.same(describe(sent, by('continue')).claims, { groups_overage: true, roles: ['user'] }, 'nothing by not knowing')
  t.same(describe(sent, by('keep_last')).claims, { groups_overage: true, roles: ['user'] }, 'nobody was here before')
  const kept = describe(sent, by('keep_last'), ['admins'])
  t.same(kept.claims['groups'], ['admins'])
  t.same(kept.claims['roles'], ['admin', 'employee', 'also', 'user'])
  t.equal(kept.claims['groups_overage'], true)
  t.equal(kept.keep, undefined, 'what is kept stays')
  t.same(describe({ [groupsAttribute]: ['a'] }, by('keep_last')).keep, ['a'])
  t.same(describe({}, by('keep_last')).keep, [], 'no link and no groups: in none')
  t.equal(describe({ [groupsAttribute]: ['a'] }, by('continue')).keep, null)
  t.same(describe({ ...sent, [groupsAttribute]: ['a'] }, by('refuse')).claims['groups'], ['a'], 'groups came')
  t.same(describe(sent, { attributes: { groups: ['memberOf'] }, on_group_overage: 'refuse' }).claims, {}, 'not read')
  t.same(
    [wantsLastGroups(person(sent), wording(by('keep_last'))), wantsLastGroups(person({}), wording(by('keep_last')))],
    [...[true, false]],
  )
})

test('what is wrong with rules is told by its place; examples are tried where nothing is', async t => {
  const fields = (more: object) =>
    wrongRules({
      attributes: { groups: ['g'] },
      roles: [],
      domains: [],
      on_group_overage: 'continue',
      tests: [],
      ...more,
    })
  const rule = (condition: object) => fields({ roles: [{ if: condition, grant: ['r'] }] }).map(one => one.field)
  const mapped = (mapping: object) => fields({ attributes: { x: mapping } }).map(one => one.field)
  t.same(mapped({}), ['attributes.x'])
  t.same(mapped({ from: ['a'], value: 'b' }), ['attributes.x'])
  t.same(mapped({ from: ['a'], separator: ',' }), ['attributes.x.separator'])
  t.same(mapped({ from: ['a'], scoped: true }), ['attributes.x.scoped'])
  for (const reserved of ['iss', 'roles', 'tenant', '__proto__', 'constructor', 'toString', 'email_verified'])
    t.same(
      fields({ attributes: JSON.parse(`{"${reserved}":["a"]}`) }).map(one => one.field),
      [`attributes.${reserved}`],
    )
  t.same(rule({ grups: ['a'] }), ['roles[0].if.grups'])
  t.same(rule({ any: [{ groups: ['a'] }, 'groups'] }), ['roles[0].if.any[1]'])
  t.same(rule({ not: [{ groups: ['a'] }] }), ['roles[0].if.not'])
  t.same(rule({ none: { groups: ['a'] } }), ['roles[0].if.none'])
  t.same(rule({ all: [] }), ['roles[0].if.all'])
  t.same(rule({ not: { any: [{ groups: 'a' }] } }), ['roles[0].if.not.any[0].groups'])
  const deep = Array.from({ length: 100_000 }).reduce<object>(inner => ({ not: inner }), { groups: ['a'] })
  t.same(rule(deep), [`roles[0].if${'.not'.repeat(5)}`])
  t.same(rule({ any: [{ acr: ['x'] }, { not: { groups: ['a'] } }] }), [])
})

test('an example that does not hold says what was expected, what came, and by which rule', async t => {
  const attributes = { groups: ['g'], email: { from: ['mail'], required: true } }
  const roles = [{ if: { groups: ['ops-*'] }, grant: ['operator'] }]
  const tried = (sent: Sent, expect: object) => {
    const tests = [{ name: 'Ada', attributes: { mail: ['a@b.c'], ...sent }, expect }]
    return wrongRules({ ...wording({ attributes, roles }), tests })
  }
  t.same(tried({ g: ['ops-1'] }, { claims: { groups: ['ops-1'], name: null }, roles: ['operator'] }), [])
  t.same(tried({ mail: [] }, { refused: 'claim_missing' }), [])
  t.same(tried({ g: ['ops-1'] }, { claims: { email: 'x@y.z' }, roles: [] }), [
    {
      field: 'tests[0]',
      message:
        '“Ada”: expected email "x@y.z", came "a@b.c" (from mail); expected roles [], came ["operator"] (operator by roles[0]).',
    },
  ])
  t.match(tried({ mail: [] }, { roles: [] }), [{ field: 'tests[0]', message: /refused as claim_missing \(no email/ }])
  t.match(tried({}, { refused: 'claim_missing' }), [
    { message: /is refused as claim_missing, but the person is accepted/ },
  ])
})

test('the connection that docs/claims.md shows is one, and its examples hold', async t => {
  const page = readFileSync(new URL('../../docs/claims.md', import.meta.url), 'utf8')
  const shown = JSON.parse(/```json\n([\s\S]*?)```/.exec(page)?.[1] ?? '')
  t.same(wrongRules(shown), [])
  t.equal(wrongRules({ ...shown, roles: [] }).length, 1)
})

test('a pattern fits what its stars may stand for, in time that grows with the text alone', async t => {
  const parts = fc.array(fc.constantFrom('a', 'b', '*', '.', 'ab'), { maxLength: 8 }).map(all => all.join(''))
  const byExpression = (pattern: string, text: string) =>
    new RegExp(`^${pattern.replaceAll('.', '\\.').replace(/\*+/g, '.*')}$`, 's').test(text)
  fc.assert(fc.property(parts, parts, (pattern, text) => fits(pattern, text) === byExpression(pattern, text)))
  const started = performance.now()
  t.notOk(fits(`${'a*'.repeat(500)}b`, 'a'.repeat(200_000)))
  t.ok(performance.now() - started < 500)
})

test('whatever is mapped and sent: no reserved claim, nothing unmapped, no more than fits, always the same', async t => {
  const reserved = fc.constantFrom(...reservedClaims)
  const name = fc.oneof(reserved, fc.constantFrom('a', 'b', 'email', 'groups', groupsAttribute), fc.string())
  const names = fc.array(name, { minLength: 1, maxLength: 3 })
  const flags = {
    split: fc.constantFrom(',', ' '),
    lower: fc.boolean(),
    only: names,
    list: fc.boolean(),
    in_token: fc.boolean(),
  }
  const rule = fc.oneof(
    names,
    ...[{ from: names }, { all: names }, { join: names }, { value: fc.string() }].map(origin =>
      fc.record<Record<string, unknown>>({ ...origin, ...flags }, { requiredKeys: Object.keys(origin) }),
    ),
  )
  // JSON, so that __proto__ is a member as it is in a body or a row.
  const object = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<Record<string, T>> =>
    fc.array(fc.tuple(name, value), { maxLength: 6 }).map(all => Object.fromEntries(all))
  const roles = fc.array(
    fc.record({ if: object(fc.array(fc.string(), { minLength: 1 })), grant: fc.array(name, { minLength: 1 }) }),
    { maxLength: 3 },
  )
  const sent = fc.array(fc.record({ name, values: fc.array(fc.string({ maxLength: 2000 }), { maxLength: 5 }) }))
  const ours = ['roles', 'groups_overage']
  const property = fc.property(object(rule), roles, sent, (attributes, rules, list) => {
    const statement = {
      ...person({}),
      attributes: list.map(one => ({ ...person({ [one.name]: [] }).attributes[0], ...one })),
    }
    const judged = () => {
      try {
        return describePerson(statement as never, wording({ attributes: attributes as never, roles: rules })).claims
      } catch (error) {
        if (error instanceof Problem) return error.code
        throw error
      }
    }
    const claims = judged()
    if (JSON.stringify(judged()) !== JSON.stringify(claims)) return false
    if (typeof claims === 'string') return claims === 'claims_too_large'
    const known = Object.keys(claims).every(
      one => ours.includes(one) || (Object.hasOwn(attributes, one) && !reservedClaims.has(one)),
    )
    return known && Buffer.byteLength(JSON.stringify(claims)) <= roomForClaims
  })
  t.doesNotThrow(() => fc.assert(property))
})
