import { test } from 'tap'
import {
  describePerson as describe,
  type Statement,
  subjectHash,
  type Wording,
} from '../../src/connections/describe.ts'
import type { Assertion } from '../../src/saml/assertion.ts'

const attribute = (name: string, values: string[], friendlyName?: string) => ({
  name,
  values,
  nameFormat: undefined,
  friendlyName,
})
const person = (change: Partial<Assertion> = {}): Assertion => ({
  id: '_1',
  version: '2.0',
  issueInstant: '',
  issuer: 'https://idp.example',
  issuerFormat: undefined,
  nameID: { value: 'alice', format: undefined, nameQualifier: undefined, spNameQualifier: undefined },
  hasSubject: true,
  confirmations: [],
  conditions: undefined,
  authnStatements: [],
  attributes: [],
  ...change,
})
const wording = { attributes: {}, roles: [], domains: [], on_group_overage: 'continue' } satisfies Wording
const describePerson = (one: Statement, more: Partial<Wording>) => describe(one, { ...wording, ...more }).claims
const mapping = { email: ['mail', 'email'], groups: ['groups'], department: ['ou'] }

test('the first attribute that is present gives the claim; empty values are not present', async t => {
  const attributes = [attribute('mail', ['', ' ']), attribute('email', [' a@acme.example ']), attribute('other', ['x'])]
  t.same(describePerson(person({ attributes }), { attributes: mapping, roles: [] }), { email: 'a@acme.example' })
})

test('repeated attributes are one; groups are always a list, an e-mail never', async t => {
  const attributes = [
    attribute('groups', ['a']),
    attribute('groups', ['b', 'a']),
    attribute('mail', ['x@y.z', 'q@y.z']),
    attribute('ou', ['R', 'D']),
  ]
  t.same(describePerson(person({ attributes }), { attributes: mapping, roles: [] }), {
    email: 'x@y.z',
    groups: ['a', 'b'],
    department: ['R', 'D'],
  })
})

test('a friendly name is never read, and a NameID is an e-mail address only when its format says so', async t => {
  const attributes = [attribute('urn:oid:1', ['x@y.z'], 'mail')]
  t.same(describePerson(person({ attributes }), { attributes: mapping, roles: [] }), {})
  const nameID = {
    value: 'x@y.z',
    format: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
    nameQualifier: undefined,
    spNameQualifier: undefined,
  }
  t.same(describePerson(person({ nameID }), { attributes: mapping, roles: [] }), { email: 'x@y.z' })
  t.same(describePerson(person({ nameID }), { attributes: { email: [] }, roles: [] }), {}, 'unless the claim is off')
})

test('a role is granted where every named claim has one of its values', async t => {
  const attributes = [attribute('groups', ['staff', 'ops']), attribute('ou', ['IT'])]
  const roles = [
    { if: { groups: ['admins', 'ops'], department: ['IT'] }, grant: ['operator', 'viewer'] },
    { if: { groups: ['ops'], department: ['HR'] }, grant: ['hr'] },
    { if: { missing: ['x'] }, grant: ['ghost'] },
    { if: {}, grant: ['viewer'] },
  ]
  t.same(describePerson(person({ attributes }), { attributes: mapping, roles })['roles'], ['operator', 'viewer'])
})

test('no two names are one: not by shifted borders, formats, qualifiers or their source', async t => {
  const names = [
    { value: 'bc', format: 'a' },
    { value: 'c', format: 'ab' },
    { value: 'bc', format: 'a', nameQualifier: 'q' },
    { value: 'bc', format: 'a', spNameQualifier: 'q' },
    { value: 'BC', format: 'a' },
    { value: 'bc ', format: 'a' },
  ].map(one => ({ nameQualifier: undefined, spNameQualifier: undefined, ...one }))
  const hashes = names.map(nameID => subjectHash(person({ nameID }), null)?.toString('hex'))
  const byAttribute = subjectHash(person({ attributes: [attribute('uid', ['bc'])] }), 'uid')?.toString('hex')
  t.equal(new Set([...hashes, byAttribute]).size, names.length + 1)
  t.equal(subjectHash(person({ nameID: undefined }), null), undefined)
  t.equal(
    subjectHash(person({ attributes: [attribute('uid', ['a', 'b'])] }), 'uid'),
    undefined,
    'two values name nobody',
  )
})
