// The table of rules: a rule without a counter-example does not compile, and each counter-example breaks its own rule only.

import { test } from 'tap'
import { judge } from '../../src/saml/judge.ts'
import { nameIdFormats } from '../../src/saml/names.ts'
import type { Examined } from '../../src/saml/response.ts'
import type { Expected } from '../../src/saml/rule.ts'
import { type RuleName, rules } from '../../src/saml/rules.ts'
import { instant, parts, responseXml, testIdp } from '../support/idp.ts'
import { expectation, judged, requestId, sp, trustIn } from '../support/judging.ts'

const idp = testIdp()
const now = Date.now()
const long = 3_600_000

function good(): { examined: Examined; expected: Expected } {
  const { examined } = judged(responseXml(idp, parts(idp, sp, requestId, now)), trustIn(idp), expectation(idp), now)
  if (!examined) throw new Error('the good response was refused')
  return { examined, expected: expectation(idp) }
}

type Facts = ReturnType<typeof good>
type Spoil = (facts: Facts) => unknown

const set = <T extends object>(target: T, change: Partial<T>) => Object.assign(target, change)

const conditions = ({ examined }: Facts) =>
  examined.assertion.conditions ?? { notBefore: '', notOnOrAfter: '', audienceRestrictions: [], unknown: [] }
const confirmation = ({ examined }: Facts) =>
  examined.assertion.confirmations[0] ?? {
    method: '',
    notBefore: '',
    notOnOrAfter: '',
    recipient: '',
    inResponseTo: '',
  }
const statement = ({ examined }: Facts) =>
  examined.assertion.authnStatements[0] ?? {
    authnInstant: '',
    sessionIndex: '',
    sessionNotOnOrAfter: '',
    authnContextClassRef: '',
  }

const counterExamples: Record<RuleName, Spoil[]> = {
  version: [f => set(f.examined.envelope, { version: '1.1' }), f => set(f.examined.assertion, { version: '2.1' })],
  issuer: [
    f => set(f.examined.assertion, { issuer: `${idp.issuer}/` }),
    f => set(f.examined.assertion, { issuerFormat: nameIdFormats.transient }),
  ],
  response_issuer: [f => set(f.examined.envelope, { issuer: 'https://other.example' })],
  destination: [
    f => set(f.examined.envelope, { destination: `${sp.acsUrl}?x` }),
    f => {
      f.examined.envelope.destination = undefined
      f.examined.responseSigned = true
    },
  ],
  in_response_to: [
    f => set(f.examined.envelope, { inResponseTo: '_other' }),
    f => set(f.examined.envelope, { inResponseTo: undefined }),
  ],
  times: [
    f => set(statement(f), { authnInstant: 'yesterday' }),
    f => set(f.examined.assertion, { issueInstant: '2026-02-30T00:00:00Z' }),
  ],
  conditions: [f => set(f.examined.assertion, { conditions: undefined })],
  known_conditions: [f => conditions(f).unknown.push('DelegationRestriction')],
  audience: [
    f => set(conditions(f), { audienceRestrictions: [] }),
    f => set(conditions(f), { audienceRestrictions: [[`${sp.entityId}/`]] }),
    f => conditions(f).audienceRestrictions.push(['https://other.example']),
  ],
  not_before: [f => set(conditions(f), { notBefore: instant(now + 181_000) })],
  not_on_or_after: [f => set(conditions(f), { notOnOrAfter: instant(now - 180_000) })],
  subject: [
    f => set(f.examined.assertion, { hasSubject: false }),
    f => set(f.examined.assertion, { nameID: undefined }),
    f => set(f.expected, { subject: 'employeeNumber' }),
    f => set(f.expected, { subject: 'groups' }),
  ],
  confirmation: [
    f => set(f.examined.assertion, { confirmations: [] }),
    f => set(confirmation(f), { method: 'urn:oasis:names:tc:SAML:2.0:cm:sender-vouches' }),
    f => set(confirmation(f), { recipient: 'https://other.example/acs' }),
    f => set(confirmation(f), { recipient: undefined }),
    f => set(confirmation(f), { inResponseTo: '_other' }),
    f => set(confirmation(f), { inResponseTo: undefined }),
    f => set(confirmation(f), { notBefore: instant(now - long) }),
    f => set(confirmation(f), { notOnOrAfter: instant(now - long) }),
    f => set(confirmation(f), { notOnOrAfter: undefined }),
  ],
  authn_statement: [f => set(f.examined.assertion, { authnStatements: [] })],
  session_not_on_or_after: [f => set(statement(f), { sessionNotOnOrAfter: instant(now - long) })],
  signed_as_required: [
    f => set(f.expected, { requireSigned: 'response' }),
    f => set(f.expected, { requireSigned: 'both' }),
  ],
  encrypted_as_required: [f => set(f.expected, { requireEncrypted: true })],
  stable_subject: [f => Object.assign(f.examined.assertion.nameID ?? {}, { format: nameIdFormats.transient })],
  authn_context: [f => set(f.expected, { requestedAuthnContext: ['urn:x:hardware'] })],
}

test('the good response breaks no rule', async t => {
  const { examined, expected } = good()
  t.same(
    judge(examined, expected, now).filter(check => check.verdict !== 'pass'),
    [],
  )
})

for (const [name, spoils] of Object.entries(counterExamples)) {
  test(`each counter-example of ${name} breaks that rule and no other`, async t => {
    for (const spoil of spoils) {
      const facts = good()
      spoil(facts)
      const failed = judge(facts.examined, facts.expected, now).filter(check => check.verdict === 'fail')
      t.same(
        failed.map(check => check.name),
        [name],
      )
      for (const { expected, received, fix } of failed) t.ok(expected && received && fix, 'it says what to change')
    }
  })
}

test('a time that is no time breaks the rule that compares it', async t => {
  const rulesOf = (spoil: Spoil) => {
    const facts = good()
    spoil(facts)
    return judge(facts.examined, facts.expected, now)
      .filter(check => check.verdict === 'fail')
      .map(check => check.name)
  }
  t.same(
    rulesOf(f => set(conditions(f), { notBefore: 'NaN' })),
    ['times', 'not_before'],
  )
  t.same(
    rulesOf(f => set(conditions(f), { notOnOrAfter: '' })),
    ['times', 'not_on_or_after'],
  )
  t.same(
    rulesOf(f => set(confirmation(f), { notOnOrAfter: '9999' })),
    ['times', 'confirmation'],
  )
  t.same(
    rulesOf(f => set(statement(f), { sessionNotOnOrAfter: 'never' })),
    ['times', 'session_not_on_or_after'],
  )
})

test('one valid bearer confirmation among others is enough, and one audience among several', async t => {
  const facts = good()
  facts.examined.assertion.confirmations.unshift({ ...confirmation(facts), recipient: 'https://other.example' })
  conditions(facts).audienceRestrictions[0]?.unshift('https://other.example')
  t.same(
    judge(facts.examined, facts.expected, now).filter(check => check.verdict !== 'pass'),
    [],
  )
})

test('the clock skew holds to the second on both sides', async t => {
  const at = (offset: number) => {
    const { examined, expected } = good()
    return judge(examined, expected, now + offset)
      .filter(check => check.verdict === 'fail')
      .map(check => check.name)
  }
  t.same(at(-60_000 - 180_000), [])
  t.same(at(-60_000 - 180_001), ['not_before'])
  t.same(at(300_000 + 179_999), [])
  t.same(at(300_000 + 180_000), ['not_on_or_after', 'confirmation'])
})

test('every rule names its place in the specifications', async t => {
  for (const rule of Object.values(rules)) t.match(rule.section, /^saml-(core|profiles|bindings) §/)
})
