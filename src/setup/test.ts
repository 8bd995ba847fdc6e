// A test sign-in: the way there and the judgement are those of any sign-in, under the connection that the draft would make. What
// comes of it is a result for the browser that asked; no session, no token, no assertion taken.

import { advise } from '../connections/advice.ts'
import { acsUrls, type Connection, spAddresses } from '../connections/connection.ts'
import type { Description } from '../connections/describe.ts'
import { type Admission, type Asker, describeAdmitted, type Hearing } from '../logins/judgement.ts'
import { decodeMessage } from '../logins/message.ts'
import { Problem } from '../problem.ts'
import { authnRequestXml, type Dispatch, post, redirect, type SigningKey } from '../saml/authn-request.ts'
import { complete, type Inquiry, openInquiry } from '../saml/inquiry.ts'
import { lexicalGate } from '../saml/lexical.ts'
import type { Trust } from '../saml/response.ts'
import { type Candidate, candidateOf } from './draft.ts'
import { hashOf, type SetupSession, type SetupTest } from './link.ts'
import type { TestResult } from './test-result.ts'

/** What this verb may use; `judge`, `secondSchema` and the keys are those of the ACS. */
export interface TestDeps {
  findConnection: (id: string) => Promise<Connection | undefined>
  begin: (test: SetupTest) => Promise<void>
  take: (
    relayStateHash: Buffer,
    browserHash: Buffer,
    targetId: string,
    now: Date,
  ) => Promise<{ test: SetupTest; session: SetupSession } | undefined>
  finish: (session: SetupSession, result: TestResult, passed: Buffer | null) => Promise<void>
  judge: (hearing: Omit<Hearing, 'tools'>, inquiry: Inquiry, asker: Asker) => Promise<Admission>
  secondSchema: ((xml: string) => Promise<void>) | undefined
  decryptionKeys: (connectionId: string) => Promise<Trust['decryptionKeys']>
  signingKey: (connectionId: string) => Promise<SigningKey>
  clock: () => Date
  random: (bytes: number) => Buffer
  publicUrl: string
  /** Seconds. */
  ttl: number
}

// Tells a test from a login without a look into the database; a login's RelayState has no dot.
const testRelayState = /^test\.[\w-]{32}$/

/** Begins a test; throws `invalid_request` where the draft is not whole. `browser` is the login cookie that there is already. */
export function startTest(deps: TestDeps) {
  return async (
    session: SetupSession,
    browser = deps.random(32).toString('base64url'),
  ): Promise<{ dispatch: Dispatch; browser: string }> => {
    const { connection, settingsHash } = await candidate(deps, session)
    const relayState = `test.${deps.random(24).toString('base64url')}`
    const now = deps.clock()
    const test: SetupTest = {
      relay_state_hash: hashOf(relayState),
      browser_hash: hashOf(browser),
      request_id: `_${deps.random(20).toString('hex')}`,
      session_id: session.id,
      settings_hash: settingsHash,
      created_at: now,
      expires_at: new Date(now.getTime() + deps.ttl * 1000),
    }
    await deps.begin(test)
    return { dispatch: await dispatch(deps, connection, test, relayState), browser }
  }
}

async function candidate({ findConnection, clock }: TestDeps, { draft, link }: SetupSession): Promise<Candidate> {
  const current = await findConnection(link.target_id)
  return candidateOf(draft, { id: link.target_id, tenant: link.tenant, current, now: clock() })
}

async function dispatch(
  deps: TestDeps,
  connection: Connection,
  test: SetupTest,
  relayState: string,
): Promise<Dispatch> {
  const { entity_id, acs_url } = spAddresses(deps.publicUrl, connection)
  const xml = authnRequestXml({
    id: test.request_id,
    issueInstant: test.created_at.getTime(),
    spEntityId: entity_id,
    acsUrl: acs_url,
    destination: connection.sign_on_url,
    forceAuthn: connection.force_authn,
    nameIdFormat: connection.nameid_format,
    requestedAuthnContext: connection.requested_authn_context,
  })
  const key = connection.sign_requests ? await deps.signingKey(connection.id) : undefined
  const send = connection.request_binding === 'redirect' ? redirect : post
  return send(connection.sign_on_url, xml, relayState, key)
}

/** What a browser posted to an ACS. */
export interface TestResponse {
  connectionId: string
  samlResponse: string
  relayState: string
  browser: string | undefined
  address: string
}

/** Judges a response to a test and keeps the result; false where it answers no test of this browser. */
export function finishTest(deps: TestDeps) {
  return async ({ connectionId, samlResponse, relayState, browser, address }: TestResponse): Promise<boolean> => {
    if (!testRelayState.test(relayState) || browser === undefined) return false
    const taken = await deps.take(hashOf(relayState), hashOf(browser), connectionId, deps.clock())
    if (!taken) return false
    const { test, session } = taken
    const found = await candidate(deps, session)
    const result = await judged(deps, found, test, { samlResponse, address })
    const passed = result.outcome === 'accepted' && test.settings_hash.equals(found.settingsHash)
    await deps.finish(session, result, passed ? found.settingsHash : null)
    return true
  }
}

async function judged(
  deps: TestDeps,
  { connection, keys, settingsHash }: Candidate,
  test: SetupTest,
  { samlResponse, address }: Pick<TestResponse, 'samlResponse' | 'address'>,
): Promise<TestResult> {
  const inquiry = openInquiry()
  const now = deps.clock()
  const told = () => ({
    at: now.toISOString(),
    checks: advise(complete(inquiry.checks), connection),
    settings: settingsHash.toString('hex'),
  })
  let xml: string | null = null
  try {
    const message = inquiry.step('message', () => decodeMessage(samlResponse))
    xml = message
    inquiry.step('login', () => undefined)
    await askSecondSchema(deps, message, inquiry)
    const hearing = {
      ...{ message, ready: { connection, keys }, now, inResponseTo: test.request_id },
      sp: { entityId: spAddresses(deps.publicUrl, connection).entity_id, acsUrls: acsUrls(deps.publicUrl, connection) },
      decryptionKeys: await deps.decryptionKeys(connection.id),
    }
    const admission = await deps.judge(hearing, inquiry, { login: test.relay_state_hash, address })
    const description = describeAdmitted(admission, connection, undefined, inquiry)
    inquiry.step('replay', () => undefined)
    return {
      ...told(),
      outcome: 'accepted',
      code: null,
      xml,
      person: personOf(admission, description, connection.subject),
    }
  } catch (error) {
    if (!(error instanceof Problem) || error.status >= 500) throw error
    return { ...told(), outcome: 'refused', code: error.code, xml, person: null }
  }
}

async function askSecondSchema({ secondSchema }: TestDeps, message: string, inquiry: Inquiry): Promise<void> {
  if (!secondSchema) return
  const xml = inquiry.step('xml', () => lexicalGate(message))
  const refused = await secondSchema(xml).catch((error: unknown) => error)
  inquiry.step('schema', () => {
    if (refused !== undefined) throw refused
  })
}

function personOf(
  { assertion }: Admission,
  { claims, sources, grants }: Description,
  subject: string | null,
): TestResult['person'] {
  const attributes = new Map<string, string[]>()
  for (const { name, values } of assertion.attributes)
    attributes.set(name, [...(attributes.get(name) ?? []), ...values])
  const value = subject === null ? assertion.nameID?.value : attributes.get(subject)?.[0]
  const kind = subject ?? assertion.nameID?.format ?? 'unspecified'
  return {
    named: value === undefined ? null : { value, kind },
    attributes: Object.fromEntries(attributes),
    ...{ claims, sources, grants },
  }
}
