// Refusals explained in the words of the console in which something has to be changed.

import { test } from 'tap'
import { advise } from '../../src/connections/advice.ts'
import { type Console, consoles, type Words } from '../../src/connections/consoles.ts'
import { type Provider, providers } from '../../src/connections/provider.ts'
import { Problem, type ProblemCode } from '../../src/problem.ts'
import { type Check, failed, type StepName } from '../../src/saml/inquiry.ts'
import { misnamed } from '../../src/saml/stranger.ts'
import { testApp } from '../support/app.ts'
import { connect, logIn, openBrowser } from '../support/browser.ts'
import { testIdp } from '../support/idp.ts'

const known = Object.keys(consoles) as (keyof typeof consoles)[]
const status = 'urn:oasis:names:tc:SAML:2.0:status:'

const step = (name: StepName, code: ProblemCode, detail?: string): Check =>
  failed(name, new Problem(code, detail === undefined ? {} : { detail }))
const rule = (name: string, received = 'this', expected = 'that'): Check => ({
  name,
  verdict: 'fail',
  expected,
  received,
  fix: 'the general fix',
})
const fixOf = (check: Check, provider: Provider): string => advise([check], { provider })[0]?.fix ?? ''

// Every refusal that a setting of the console mends, and whose words it takes.
const explained: [Check, keyof Console][] = [
  [rule('audience'), 'audience'],
  [rule('destination'), 'acs'],
  [rule('confirmation', 'Recipient is https://other.example'), 'acs'],
  [rule('confirmation', 'NotOnOrAfter: until then'), 'clock'],
  [rule('issuer'), 'issuer'],
  [rule('response_issuer'), 'issuer'],
  [rule('not_before'), 'clock'],
  [rule('not_on_or_after'), 'clock'],
  [rule('session_not_on_or_after'), 'clock'],
  [rule('subject', 'none', 'a Subject with a NameID'), 'nameId'],
  [rule('subject', 'none', 'a Subject, and one value of the attribute uid'), 'attributes'],
  [rule('stable_subject'), 'nameId'],
  [rule('signed_as_required', 'response', 'signed: assertion'), 'signAssertion'],
  [rule('signed_as_required', 'assertion', 'signed: response'), 'signResponse'],
  [rule('signed_as_required', 'assertion', 'signed: both'), 'signBoth'],
  [rule('encrypted_as_required'), 'encryption'],
  [step('signature', 'signature_missing'), 'signAssertion'],
  [step('signature', 'signature_algorithm', 'http://www.w3.org/2000/09/xmldsig#rsa-sha1'), 'algorithm'],
  [step('signature', 'signature_unknown_key'), 'certificate'],
  [step('decryption', 'decryption_failed'), 'encryption'],
  [step('decryption', 'encryption_cbc_unsigned'), 'signResponse'],
  [step('login', 'unsolicited_response'), 'unsolicited'],
  [step('login', 'login_other_connection'), 'acs'],
  [step('claims', 'claim_missing', 'no department (from ou)'), 'attributes'],
  [step('status', 'status_not_success', `${status}Requester – ${status}RequestDenied`), 'people'],
]

// What no setting of a console mends: the general fix is the whole answer.
const general: Check[] = [
  rule('version'),
  rule('conditions'),
  rule('authn_context'),
  rule('in_response_to', '_other', '_request'),
  rule('confirmation', 'it has a NotBefore'),
  step('signature', 'signature_digest'),
  step('signature', 'signature_layout'),
  step('second_opinion', 'second_opinion'),
  step('decryption', 'encryption_layout'),
  step('login', 'login_expired'),
  step('claims', 'claims_too_large'),
  step('claims', 'groups_overage'),
  step('replay', 'assertion_replayed'),
  step('status', 'status_not_success', 'urn:example:unheard-of'),
]

const text = (words: Words): string => (typeof words === 'string' ? words : words.lacks)

test('every provider has words, or a reason, for every refusal that its console can mend', async t => {
  for (const provider of known) {
    for (const [check, thing] of explained) {
      const fix = fixOf(check, provider)
      const words: Words = consoles[provider][thing as 'acs']
      const recipient = /^Recipient/.test(check.received) ? (consoles[provider] as Console).recipient : undefined
      t.match(fix, recipient ?? text(words), `${provider} ${check.name}: ${thing}`)
      if (typeof words === 'string') t.match(fix, `In ${providers[provider]}, ${recipient ?? words}`)
    }
  }
})

test('what no console can mend keeps the general fix', async t => {
  for (const provider of known) for (const check of general) t.equal(fixOf(check, provider), check.fix, check.name)
})

test('a provider that we do not know keeps the general fix, too', async t => {
  for (const [check] of explained.filter(([one]) => one.name !== 'status')) {
    t.equal(fixOf(check, 'custom'), check.fix, check.name)
  }
})

test('advice changes nothing but the fix, and nothing at all of what passed', async t => {
  const passed: Check = { name: 'audience', verdict: 'pass', expected: 'section', received: '', fix: '' }
  const skipped: Check = { name: 'status', verdict: 'skip', expected: 'success', received: '', fix: '' }
  for (const provider of known) {
    t.same(advise([passed, skipped], { provider }), [passed, skipped])
    for (const [check] of explained) t.match(advise([check], { provider })[0], { ...check, fix: String })
  }
})

test('labels stand between asterisks, and every phrase leaves its end open', async t => {
  for (const provider of known) {
    for (const [thing, words] of Object.entries<Words>({ ...consoles[provider] })) {
      const phrase = text(words)
      t.equal(phrase.split('*').length % 2, 1, `${provider} ${thing}: ${phrase}`)
      if (typeof words !== 'string') t.match(phrase, /^[A-Z].*\.$/, `${provider} ${thing} gives its reason`)
      else t.match(phrase, /^[a-z].*[^. ]$/, `${provider} ${thing}: ${phrase}`)
    }
  }
})

test('a console that cannot do a thing is never said to have a field for it', async t => {
  const lacking = known.filter(provider => typeof consoles[provider].encryption !== 'string')
  t.same(lacking, ['google', 'jumpcloud'])
  for (const provider of lacking) {
    const others = Object.entries<Words>({ ...consoles[provider] }).filter(([thing]) => thing !== 'encryption')
    for (const [thing, words] of others) t.notMatch(text(words), /encrypt/i, `${provider} ${thing}`)
    t.match(fixOf(rule('encrypted_as_required'), provider), /require_encrypted/)
  }
})

test('SHA-1 is named when it is the reason', async t => {
  const of = (algorithm: string) => fixOf(step('signature', 'signature_algorithm', algorithm), 'onelogin')
  t.match(of('http://www.w3.org/2000/09/xmldsig#rsa-sha1'), /SHA-1.*\*SAML Signature Algorithm\* to \*SHA-256\*/)
  t.match(of('http://www.w3.org/2000/09/xmldsig#sha1'), /SHA-1/)
  t.notMatch(of('urn:example:other'), /SHA-1/)
})

test('a signature that the named certificate did not make is not blamed on a rotation', async t => {
  const fix = fixOf(step('signature', 'signature_unknown_key', `${misnamed}, SHA-256 ab:cd, which we know`), 'okta')
  t.equal(fix, step('signature', 'signature_digest').fix)
})

test('an InResponseTo in what nobody asked for is explained for every provider', async t => {
  const wanted = 'a bearer confirmation for https://sso.example/acs, in time, answering no request'
  for (const provider of [...known, 'custom'] as const) {
    t.match(fixOf(rule('in_response_to', 'dummy', 'none'), provider), /Disable InResponseTo field/)
    t.match(fixOf(rule('confirmation', 'InResponseTo is dummy', wanted), provider), /Disable InResponseTo field/)
  }
})

test('a failure is explained by the most exact code that it names', async t => {
  const of = (received: string, provider: Provider = 'entra-id') =>
    fixOf(step('status', 'status_not_success', received), provider)
  const unsupported = `${status}Requester – ${status}RequestUnsupported`
  t.match(of(`${unsupported} – AADSTS75011: Authentication method does not match.`), /requested_authn_context/)
  t.match(of(`${unsupported} – AADSTS50105: The signed in user is not assigned.`), /\*Users and groups\*/)
  t.match(of(`${unsupported} – AADSTS700016: Application was not found.`), /\*Identifier \(Entity ID\)\* to this/)
  t.match(of(`${unsupported} – AADSTS7501100: an unknown code`), /nameid_format.*requested_authn_context/)
  t.match(of(`${status}Requester – ${status}InvalidNameIDPolicy`, 'adfs'), /nameid_format.*\*Transform an Incoming/)
  t.match(of(`${status}Responder – ${status}NoPassive`, 'custom'), /prompt=none/)
  t.match(of(`${status}Requester`, 'okta'), /\*Audience URI \(SP Entity ID\)\* to this connection’s entity ID/)
  t.notMatch(of(`${unsupported} – call 555-0100 to unlock your account`), /555/)
})

test('an attempt is recorded with the console’s words', async t => {
  const idp = testIdp()
  const { app, admin } = await testApp(t)
  const connection = await connect(app, idp, { provider: 'okta' })
  const answer = await logIn(openBrowser(app), idp, connection, { audience: 'https://other.example' })
  const { body } = await admin('GET', `/logins/${answer.json().trace_id}`)
  const check = body.checks.find((one: Check) => one.name === 'audience')
  t.match(check, { verdict: 'fail', expected: connection.entityId, received: 'https://other.example' })
  t.match(check.fix, /^In Okta, .*\*Audience URI \(SP Entity ID\)\* to the expected value, exactly\.$/)
})
