// What the set-up pages show, made of the draft, the connection as it is, and the last test.

import type { FastifyReply } from 'fastify'
import { certificateState } from '../connections/certificate.ts'
import { type Connection, spAddresses } from '../connections/connection.ts'
import type { Provider } from '../connections/provider.ts'
import type { Guide } from '../guides/guide.ts'
import { guideFor, guides, isGuideId } from '../guides/guides.ts'
import type { SetupStep, SetupView } from '../pages/setup-frame.ts'
import type { PeopleView } from '../pages/setup-people.ts'
import type { Tested, TestView } from '../pages/setup-test.ts'
import type { Known } from '../pages/setup-theirs.ts'
import { problems } from '../problem.ts'
import { type Candidate, candidateIfWhole, grantsOf, mappable } from '../setup/draft.ts'
import { formToken, type SetupSession } from '../setup/link.ts'
import { meanings } from '../setup/meanings.ts'
import { presets, sampleFor, usualNames } from '../setup/presets.ts'
import { preview, writeSample } from '../setup/preview.ts'
import { readable, type TestResult } from '../setup/test-result.ts'
import { type ConsoleWords, wordsOf } from '../setup/words.ts'

/** Everything that a page may be made of. */
export interface Scene {
  session: SetupSession
  current: Connection | undefined
  candidate: Candidate | undefined
  provider: Provider | undefined
  words: ConsoleWords
  guide: Guide
  /** A test has passed with exactly these settings. */
  passed: boolean
  /** The connection is switched on, and whether the draft says anything else. */
  on: boolean
  changed: boolean
  view: SetupView
}

/** Sets the scene for a browser. */
export function sceneOf(session: SetupSession, secret: string, current: Connection | undefined, now: Date): Scene {
  const { draft, link, passed_settings } = session
  const around = { id: link.target_id, tenant: link.tenant, current, now }
  const candidate = candidateIfWhole(draft, around)
  const asItIs = current && candidateIfWhole({}, around)
  const passed = candidate !== undefined && passed_settings?.equals(candidate.settingsHash) === true
  const changed = !candidate || !asItIs?.settingsHash.equals(candidate.settingsHash)
  const provider = draft.provider ?? current?.provider
  const chosen = draft.guide ?? provider ?? 'custom'
  const guide = guideFor(isGuideId(chosen) ? chosen : 'custom')
  const on = current?.enabled === true
  const whole = candidate !== undefined
  const steps: [SetupStep, boolean][] = [
    ['provider', provider !== undefined],
    ['values', whole],
    ['theirs', whole],
    ['people', whole && (draft.attributes !== undefined || passed)],
    ['test', passed],
    ['on', on && !changed],
  ]
  const done = steps.filter(([, isDone]) => isDone).map(([step]) => step)
  const view = { tenant: link.tenant, done, formToken: formToken(secret), until: link.expires_at }
  return {
    ...{ session, current, candidate, provider, guide, words: { ...wordsOf(provider), title: titleOf(guide) } },
    ...{ passed, on, changed, view },
  }
}

// Within a sentence.
function titleOf({ id, title }: Guide): string {
  return id === 'custom' ? 'your identity provider' : title
}

/** Leads on after a form, or to where the work is. */
export function goOn(reply: FastifyReply, path: string): FastifyReply {
  return reply.headers({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' }).redirect(path, 303)
}

/** Begins an answer that a browser keeps as a file. */
export function file(reply: FastifyReply, name: string, type: string): FastifyReply {
  return reply
    .headers({ 'cache-control': 'no-store', 'content-disposition': `attachment; filename="${name}"` })
    .type(type)
}

/** The step to go on with. */
export function nextStep({ view: { done }, on, current, session }: Scene): SetupStep {
  // Somebody came to change what is there.
  if (current && Object.keys(session.draft).length === 0) return 'theirs'
  const order: SetupStep[] = ['provider', 'values', 'people', 'test', 'on']
  return on ? 'on' : (order.find(step => !done.includes(step)) ?? 'on')
}

/** Our side of the connection. */
export function ourSide({ session, current }: Pick<Scene, 'session' | 'current'>, publicUrl: string) {
  return spAddresses(publicUrl, { id: session.link.target_id, sp_entity_id: current?.sp_entity_id ?? null })
}

/** Their side as far as it is known. */
export function knownOf({ candidate, session }: Scene, now: Date): Known | undefined {
  if (!candidate) return undefined
  const { issuer, sign_on_url, certificates } = candidate.connection
  return {
    ...{ issuer, signOnUrl: sign_on_url, notices: session.draft.notices ?? [] },
    certificates: certificates.map(one => ({
      ...{ subject: one.subject, sha256: one.sha256, state: certificateState(one, now) },
      ...{ notBefore: one.not_before, notAfter: one.not_after },
    })),
  }
}

/** The mapping, tried on the sample of the draft, on what the last test brought, or on an example. */
export function peopleOf(
  { session, current, provider, words }: Scene,
  tested: TestResult | undefined,
  given: string | undefined,
) {
  const { draft } = session
  const came = tested?.person?.attributes
  const sample = given ?? (came ? writeSample(came) : sampleFor(provider))
  const attributes = {
    ...Object.fromEntries(mappable.map(claim => [claim, [...usualNames(claim)]])),
    ...current?.attributes,
    ...draft.attributes,
  }
  const kept = current ? grantsOf(current) : []
  const grants = kept && (draft.roles ?? kept)
  const roles = grants?.map(({ group, role }) => ({ if: { groups: [group] }, grant: [role] })) ?? current?.roles ?? []
  const { domains = [], on_group_overage = 'continue' } = current ?? {}
  const names = (claim: string) => {
    const mapping = current?.attributes[claim] ?? usualNames(claim)
    return Array.isArray(mapping) ? mapping : ['a rule of the operator']
  }
  return {
    ...{ provider: words.title, words: words.attributes, grants, sample },
    presets: Object.entries(presets).map(([id, { title, note }]) => ({ id, title, note })),
    claims: mappable.map(claim => ({ claim, value: draft.attributes?.[claim]?.[0] ?? '', usual: names(claim) })),
    subject: (draft.subject === undefined ? current?.subject : draft.subject) ?? '',
    preview: preview(sample, { attributes, roles, domains, on_group_overage }),
    fromTest: given === undefined && came !== undefined,
  } satisfies Omit<PeopleView, keyof SetupView | 'mistakes'>
}

/** The last test of this browser. */
export function testOf(
  { candidate, words, passed }: Scene,
  result: TestResult | undefined,
): Omit<TestView, keyof SetupView> {
  const missing = candidate ? [] : ['We do not know your identity provider’s address and certificate yet.']
  const tested: Tested | undefined = result && {
    at: new Date(result.at),
    accepted: result.outcome === 'accepted',
    title: result.code === null ? '' : problems[result.code][1],
    checks: result.checks.map(check => ({ ...check, means: meanings[check.name] })),
    xml: result.xml === null ? null : readable(result.xml),
    current: candidate?.settingsHash.toString('hex') === result.settings,
    person: result.person,
  }
  return { provider: words.title, missing, tested, passed }
}

/** Every guide that may be chosen, in the order in which they are offered. */
export function providerChoices(): { id: string; name: string }[] {
  return guides.map(({ id, title }) => ({ id, name: title }))
}

/** What a choice makes of the draft; undefined where there is no such guide. */
export function chosenGuide(id: string): Pick<SetupSession['draft'], 'guide' | 'provider'> | undefined {
  return isGuideId(id) ? { guide: id, provider: guideFor(id).provider } : undefined
}
