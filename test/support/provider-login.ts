// Logins at the providers of test/support/profiles: what each sends, judged as a connection to it would judge.

import { readdirSync } from 'node:fs'
import { advise } from '../../src/connections/advice.ts'
import { describePerson } from '../../src/connections/describe.ts'
import { readDraft } from '../../src/connections/draft.ts'
import type { Check } from '../../src/saml/inquiry.ts'
import type { Trust } from '../../src/saml/response.ts'
import type { Expected } from '../../src/saml/rule.ts'
import { ecIdp } from './ec.ts'
import { type TestIdp, testIdp } from './idp.ts'
import { expectation, judged, type Outcome, requestId, sp, trustIn } from './judging.ts'
import type { Failure, Profile } from './profile.ts'
import { type Answer, providerFailure, providerResponse } from './providers.ts'
import { rsaPair } from './rsa.ts'

const folder = new URL('profiles/', import.meta.url)
const modules = await Promise.all(
  readdirSync(folder)
    .filter(file => file.endsWith('.ts'))
    .sort()
    .map(async file => (await import(new URL(file, folder).href)) as Record<string, Profile>),
)

/** Every provider. */
export const profiles: readonly Profile[] = modules.flatMap(one => Object.values(one))

const rsa = testIdp()
const ec = ecIdp()
const ours = rsaPair()

/** The provider's keys: RSA, or an elliptic curve where it signs so. */
export function idpOf({ algorithm, issuer }: Profile): TestIdp {
  return { ...(algorithm.startsWith('ecdsa') ? ec : rsa), issuer }
}

/** What is otherwise than usual: in the message, in what the connection trusts, in what it expects. */
export interface Otherwise {
  answer?: Partial<Answer>
  trust?: Partial<Trust>
  expected?: Partial<Expected>
}

/** Judges a response of a provider. */
export function sends(profile: Profile, otherwise: Otherwise = {}): Outcome {
  return judgedAs(profile, providerResponse(profile, answerOf(profile, otherwise.answer)), otherwise)
}

/** Judges a failure that a provider reports. */
export function fails(profile: Profile, failure: Failure): Outcome {
  return judgedAs(profile, providerFailure(profile, answerOf(profile), failure), {})
}

function answerOf(profile: Profile, more: Partial<Answer> = {}): Answer {
  return { idp: idpOf(profile), sp, inResponseTo: requestId, now: Date.now(), publicKey: ours.publicKey, ...more }
}

function judgedAs(profile: Profile, xml: string, { answer, trust = {}, expected = {} }: Otherwise): Outcome {
  const idp = idpOf(profile)
  const inResponseTo = answer?.inResponseTo === undefined ? requestId : answer.inResponseTo
  const trusted = trustIn(idp, { decryptionKeys: [ours.privateKey], ...trust })
  return judged(xml, trusted, expectation(idp, { inResponseTo, ...expected }))
}

/** The claims that a connection makes of it which was given nothing but what the form asks for; `acr` aside. */
export function claimsOf({ provider, issuer }: Profile, { examined }: Outcome): Record<string, unknown> {
  if (!examined) return {}
  const form = { tenant: 'acme', name: 'Acme', provider, issuer, sign_on_url: 'https://idp.example/sso' }
  const { settings } = readDraft({ ...form, certificates: [rsa.certificate] }, undefined, new Date())
  const { acr: _, ...claims } = describePerson(examined.assertion, settings).claims
  return claims
}

/** The claims that are there. */
export function present(claims: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined))
}

/** The checks that failed. */
export function failedOf({ checks }: Outcome): Check[] {
  return checks.filter(check => check.verdict === 'fail')
}

/** What a connection to the provider says is to be changed, for one failed check. */
export function fixOf({ provider }: Profile, outcome: Outcome, name: string): string {
  return advise(failedOf(outcome), { provider }).find(check => check.name === name)?.fix ?? ''
}
