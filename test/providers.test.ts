// Fifteen identity providers as they are: what they send comes in with the right claims, in every form that an admin can switch
// to, and what they report as a failure is told as one.

import { test } from 'tap'
import { providers } from '../src/connections/provider.ts'
import type { ProblemCode } from '../src/problem.ts'
import { testIdp } from './support/idp.ts'
import { requestId, trustIn } from './support/judging.ts'
import { format, type Profile } from './support/profile.ts'
import { claimsOf, failedOf, fails, fixOf, idpOf, present, profiles, sends } from './support/provider-login.ts'

test('there are fifteen, and every provider that a connection can name is among them', async t => {
  t.equal(profiles.length, 15)
  t.same([...new Set(profiles.map(({ provider }) => provider))].sort(), Object.keys(providers).sort())
})

for (const profile of profiles) {
  const { name, variants, failures } = profile

  test(`${name}: its response comes in and says who it is`, async t => {
    const outcome = sends(profile)
    t.equal(outcome.code, null, JSON.stringify(failedOf(outcome)))
    t.same(claimsOf(profile, outcome), profile.claims)
    t.equal(outcome.examined?.assertion.nameID?.value, profile.nameId?.value)
    t.equal(outcome.examined?.assertion.authnStatements[0]?.authnContextClassRef, profile.authnContext)
  })

  for (const [form, { change, inResponseTo = requestId, refused = null, claims = {} }] of Object.entries(variants)) {
    test(`${name}, ${form}: ${refused === null ? 'it comes in' : `it is refused (${refused})`}`, async t => {
      const varied = { ...profile, ...change }
      const outcome = sends(varied, { answer: { inResponseTo } })
      t.equal(outcome.code, refused, JSON.stringify(failedOf(outcome)))
      if (refused === null) t.same(claimsOf(varied, outcome), present({ ...profile.claims, ...claims }))
    })
  }

  for (const failure of failures) {
    test(`${name}: its failure ${failure.codes.join('/')} is told as one, and explained`, async t => {
      const outcome = fails(profile, failure)
      t.equal(outcome.code, 'status_not_success', JSON.stringify(failedOf(outcome)))
      const received = outcome.checks.find(check => check.name === 'status')?.received ?? ''
      t.ok(
        [...failure.codes, failure.message ?? ''].every(part => received.includes(part)),
        received,
      )
      t.match(fixOf(profile, outcome, 'status'), failure.explained)
    })
  }
}

test('what is refused for a policy comes in when the connection says so', async t => {
  const lenient = { allowSha1: true, allowCbcUnsigned: true }
  const policies: ProblemCode[] = ['signature_algorithm', 'encryption_cbc_unsigned', 'subject_unstable']
  for (const profile of profiles) {
    for (const [form, { change, refused }] of Object.entries(profile.variants)) {
      if (!refused || !policies.includes(refused)) continue
      const subject = refused === 'subject_unstable' ? (profile.attributes[0]?.name ?? null) : null
      const outcome = sends({ ...profile, ...change }, { trust: lenient, expected: { subject } })
      t.equal(outcome.code, null, `${profile.name}, ${form} ${JSON.stringify(failedOf(outcome))}`)
    }
  }
})

// Nobody has published a response of these five: so every form that it could have.
const unrecorded = profiles.filter(({ name }) => /^(PingOne|JumpCloud|Duo|CyberArk|Rippling)/.test(name))

function* forms(profile: Profile): Generator<Profile> {
  const attributes = profile.attributes.map(one => ({ ...one, type: 'xs:string' }))
  const typed = { ...profile, attributes, types: { on: 'root', prefix: 'xs' } as const }
  for (const signs of ['response', 'assertion', 'both'] as const)
    for (const dsig of ['ds', ''])
      for (const wrap of ['none', 'carriage-returns'] as const)
        for (const keyInfo of ['certificate', 'none'] as const)
          for (const inclusive of [[], ['xs']]) {
            const prefixes = { ...profile.prefixes, dsig }
            yield { ...typed, signs, keyInfo, inclusive, prefixes, wrap: { signature: wrap, certificate: wrap } }
          }
}

for (const profile of unrecorded) {
  test(`${profile.name}, which nobody recorded, comes in however it signs`, async t => {
    for (const form of forms(profile)) {
      const outcome = sends(form)
      const { signs, prefixes, wrap, keyInfo, inclusive } = form
      const what = `${signs} ${prefixes.dsig} ${wrap.signature} ${keyInfo} ${inclusive}`
      t.equal(outcome.code, null, `${what} ${JSON.stringify(failedOf(outcome))}`)
      t.same(claimsOf(profile, outcome), profile.claims, what)
    }
  })
}

test('of two certificates either may sign', async t => {
  const other = trustIn(testIdp()).keys
  for (const profile of profiles) {
    const own = trustIn(idpOf(profile)).keys
    for (const keys of [
      [...own, ...other],
      [...other, ...own],
    ])
      t.equal(sends(profile, { trust: { keys } }).code, null, profile.name)
  }
})

test('a person without an e-mail attribute comes in; the claim is missing, unless the NameID is an address', async t => {
  for (const profile of profiles) {
    const { nameId, claims } = profile
    const attributes = profile.attributes.filter(({ values }) => !values.includes('alex@example.com'))
    const outcome = sends({ ...profile, attributes })
    t.equal(outcome.code, null, profile.name)
    const email = nameId?.format === format.email ? nameId.value : undefined
    t.same(claimsOf(profile, outcome), present({ ...claims, email }), profile.name)
  }
})
