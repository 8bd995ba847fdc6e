// What an admin sets wrong in the console of an identity provider: each mistake is refused for its own reason, and explained by
// the very label of the field in which it is mended.

import { test } from 'tap'
import { providers } from '../src/connections/provider.ts'
import type { ProblemCode } from '../src/problem.ts'
import { testIdp } from './support/idp.ts'
import { sp, trustIn } from './support/judging.ts'
import { format, type Labels, type Profile } from './support/profile.ts'
import { failedOf, fixOf, type Otherwise, profiles, sends } from './support/provider-login.ts'

/** A mistake: how the message differs, the refusal, the check that says so, and the label that its explanation must name. */
interface Mistake {
  code: ProblemCode
  check: string
  label: keyof Labels
  change?: Partial<Profile>
  otherwise?: Otherwise
}

const other = 'https://other.example/saml'
const elsewhere = { answer: { sp: { ...sp, acsUrl: other } } }
const rotated = testIdp()

const mistakes: Record<string, Mistake> = {
  'the audience of another service': {
    ...{ code: 'audience_mismatch', check: 'audience', label: 'audience' },
    otherwise: { answer: { sp: { ...sp, entityId: other } } },
  },
  'the reply URL of another service': {
    ...{ code: 'destination_mismatch', check: 'destination', label: 'acs', otherwise: elsewhere },
  },
  'the recipient of another service': {
    ...{ code: 'subject_confirmation', check: 'confirmation', label: 'recipient' },
    otherwise: { answer: { recipient: other } },
  },
  'SHA-1': {
    ...{ code: 'signature_algorithm', check: 'signature', label: 'algorithm' },
    change: { algorithm: 'rsa-sha1', digest: 'sha1' },
  },
  'a new certificate that we were not given': {
    ...{ code: 'signature_unknown_key', check: 'signature', label: 'certificate' },
    otherwise: { answer: { idp: rotated } },
  },
  'a transient NameID': {
    ...{ code: 'subject_unstable', check: 'stable_subject', label: 'nameId' },
    change: { nameId: { format: format.transient, value: '_once' } },
  },
  'no NameID': { code: 'subject_missing', check: 'subject', label: 'nameId', change: { nameId: null } },
  'only the assertion signed where the response must be': {
    ...{ code: 'signature_missing', check: 'signed_as_required', label: 'signResponse' },
    ...{ change: { signs: 'assertion', encryption: null }, otherwise: { expected: { requireSigned: 'response' } } },
  },
  'only the response signed where the assertion must be': {
    ...{ code: 'signature_missing', check: 'signed_as_required', label: 'signAssertion' },
    ...{ change: { signs: 'response' }, otherwise: { expected: { requireSigned: 'assertion' } } },
  },
  'nothing signed': {
    ...{ code: 'signature_missing', check: 'signature', label: 'signAssertion' },
    change: { signs: 'none', encryption: null },
  },
  'no encryption where it is required': {
    ...{ code: 'encryption_missing', check: 'encrypted_as_required', label: 'encryption' },
    ...{ change: { encryption: null }, otherwise: { expected: { requireEncrypted: true } } },
  },
}

for (const [what, { code, check, label, change, otherwise }] of Object.entries(mistakes)) {
  test(`${what} is refused (${code}), and every console’s own word for it is told`, async t => {
    for (const profile of profiles) {
      const outcome = sends({ ...profile, ...change }, otherwise)
      t.equal(outcome.code, code, `${profile.name} ${JSON.stringify(failedOf(outcome))}`)
      const fix = fixOf(profile, outcome, check)
      const general = failedOf(outcome).find(one => one.name === check)?.fix
      if (profile.labels === null) t.equal(fix, general, `${profile.name} has the general words`)
      else t.match(fix, wordFor(profile, profile.labels, label), `${profile.name} ${fix}`)
    }
  })
}

// Where a console has no such thing, the explanation says so by the provider's name.
function wordFor({ provider }: Profile, labels: Labels, label: keyof Labels): string {
  const word = labels[label] ?? (label === 'recipient' ? labels.acs : undefined)
  return word === undefined ? providers[provider] : `*${word}*`
}

test('a new certificate is told by its fingerprint, where the message carries it', async t => {
  const sha256 = trustIn(rotated).keys[0]?.sha256 ?? 'none'
  for (const profile of profiles) {
    const [failed] = failedOf(sends(profile, { answer: { idp: rotated } }))
    const told = failed?.received.replaceAll(':', '').includes(sha256)
    t.equal(told, profile.keyInfo !== 'none', `${profile.name} ${failed?.received}`)
  }
})

test('an InResponseTo in what nobody asked for is refused, and the switch for it is named', async t => {
  const otherwise = { answer: { inResponseTo: 'dummy' }, expected: { inResponseTo: null } }
  for (const profile of profiles) {
    const outcome = sends(profile, otherwise)
    t.equal(outcome.code, 'in_response_to_mismatch', profile.name)
    t.match(fixOf(profile, outcome, 'in_response_to'), /\*Disable InResponseTo field in assertions/)
  }
})

test('what is encrypted for a key that we do not have is refused, and every console’s word for it is told', async t => {
  const able = profiles.filter(({ canEncrypt }) => canEncrypt)
  t.equal(able.length, 12)
  for (const profile of able) {
    const encrypted: Profile = { ...profile, encryption: profile.canEncrypt, signs: 'both' }
    t.equal(sends(encrypted).code, null, `${profile.name}: with the key it comes in`)
    const outcome = sends(encrypted, { trust: { decryptionKeys: [] } })
    t.equal(outcome.code, 'decryption_failed', profile.name)
    if (profile.labels) t.match(fixOf(profile, outcome, 'decryption'), wordFor(profile, profile.labels, 'encryption'))
  }
})

test('AES-CBC that no signature of the Response covers is refused, and the setting that signs it is named', async t => {
  for (const profile of profiles) {
    if (!profile.labels || !profile.canEncrypt?.data.endsWith('-cbc')) continue
    const outcome = sends({ ...profile, encryption: profile.canEncrypt, signs: 'assertion' })
    t.equal(outcome.code, 'encryption_cbc_unsigned', profile.name)
    t.match(fixOf(profile, outcome, 'decryption'), wordFor(profile, profile.labels, 'signResponse'))
  }
})

test('a clock that is wrong is told by what both clocks say', async t => {
  for (const profile of profiles) {
    const outcome = sends({ ...profile, windows: { ...profile.windows, notBefore: 900, notOnOrAfter: 1800 } })
    t.equal(outcome.code, 'assertion_not_yet_valid', profile.name)
    const check = failedOf(outcome).find(one => one.name === 'not_before')
    t.match(check?.received, /your identity provider says \d\d:\d\d:\d\d, we say \d\d:\d\d:\d\d/, profile.name)
    t.match(fixOf(profile, outcome, 'not_before'), /clock|time/, profile.name)
  }
})
