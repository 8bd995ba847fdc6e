// The second half of a login: from the identity provider's response to a session (docs/map.md, "How an assertion is judged").
// Nothing is consumed before all is well, so nobody can end another's login with a bad message.

import type { Book, ReadyConnection } from '../connections/book.ts'
import { acsUrls, type Connection, spAddresses } from '../connections/connection.ts'
import { type Description, wantsLastGroups } from '../connections/describe.ts'
import type { SignerEvidence } from '../connections/unknown-signer.ts'
import { Problem, type ProblemCode } from '../problem.ts'
import type { Inquiry } from '../saml/inquiry.ts'
import { lexicalGate } from '../saml/lexical.ts'
import type { Trust } from '../saml/response.ts'
import { newSession, type Session } from '../sessions/session.ts'
import type { Acceptance, Accepted } from './acceptance.ts'
import { answerLogin } from './answer.ts'
import { attemptOf, type Evidence, evidenceOf, type Refusal } from './attempt.ts'
import { type Admission, type Asker, describeAdmitted, type Hearing, requireUnsolicited } from './judgement.ts'
import { hashOf, type Login, type LoginLookup, requireLogin, retryPath } from './login.ts'
import { decodeMessage } from './message.ts'
import { signerEvidence } from './signer-evidence.ts'

/** What this verb may use. */
export interface FinishDeps {
  book: Book
  inquire: () => Inquiry
  /** `judgeResponse`, here or in a thread. */
  judge: (hearing: Omit<Hearing, 'tools'>, inquiry: Inquiry, asker: Asker) => Promise<Admission>
  /** Another schema validator that must agree; throws `schema_invalid`. It sees only what the lexical gate lets through. */
  secondSchema: ((xml: string) => Promise<void>) | undefined
  lookup: (connectionId: string, relayStateHash: Buffer) => Promise<LoginLookup | undefined>
  decryptionKeys: (connectionId: string) => Promise<Trust['decryptionKeys']>
  lastGroups: (connectionId: string, subjectHash: Buffer) => Promise<readonly string[] | undefined>
  accept: (acceptance: Acceptance) => Promise<Accepted>
  /** Hears of sessions that ended here. */
  onEnded: (sids: readonly string[]) => void
  record: (refusal: Refusal) => Promise<void>
  /** Keeps that a response was right in everything but its key. */
  noteSigner: (evidence: SignerEvidence | undefined) => Promise<void>
  clock: () => Date
  random: (bytes: number) => Buffer
  publicUrl: string
  sessionTtl: number
  defaultClientId: string
}

/** What a browser posted to an ACS; `browser` is its login cookie, `address` where it came from. */
export interface FinishInput {
  connectionId: string
  samlResponse: string
  relayState: string
  browser: string | undefined
  address: string
}

/** A login that came to its end: where the browser goes, and the session cookie it gets. */
export interface Finished {
  traceId: string
  returnTo: string
  sessionSecret: string
  expiresAt: Date
}

/** Finishes a login. Throws `login_refused` (or what `outside` makes of it) with the trace id; the cause holds the true code. */
export function finishLogin(deps: FinishDeps) {
  return async (input: FinishInput): Promise<Finished> => {
    const traceId = deps.random(10).toString('hex')
    const found = await deps.lookup(input.connectionId, hashOf(input.relayState))
    const ready = found && (await deps.book.at(input.connectionId, found.connection_version))
    if (!found || !ready) throw new Problem('connection_not_found')
    const inquiry = deps.inquire()
    const seen: Seen = {}
    try {
      return await decide(deps, input, ready, found.login, { inquiry, traceId, seen })
    } catch (error) {
      if (!(error instanceof Problem) || error.status >= 500) throw error
      const { connection } = ready
      const attempt = attemptOf({ connection, inquiry, traceId, at: deps.clock() }, error.code)
      const loginHash = found.login?.relay_state_hash ?? null
      await deps.record({ attempt, evidence: evidenceOf(attempt, seen.evidence), loginHash })
      await deps.noteSigner(await signerEvidence(deps.judge, seen, error))
      throw new Problem(outside(error), {
        ...{ traceId, cause: error, retryPath: seen.login && retryPath(seen.login) },
        ...(error.retryAfter === undefined ? {} : { retryAfter: error.retryAfter }),
      })
    }
  }
}

// What a browser is told of a refusal.
function outside({ code, status }: Problem): ProblemCode {
  if (code === 'too_many_requests') return code
  return status === 400 ? 'malformed_response' : 'login_refused'
}

// What was found of a login before it was refused.
interface Seen {
  evidence?: Evidence
  login?: Login
  hearing?: Omit<Hearing, 'tools'>
  asker?: Asker
}

async function decide(
  deps: FinishDeps,
  input: FinishInput,
  ready: ReadyConnection,
  found: Login | undefined,
  { inquiry, traceId, seen }: { inquiry: Inquiry; traceId: string; seen: Seen },
): Promise<Finished> {
  const { connection } = ready
  const now = deps.clock()
  const message = inquiry.step('message', () => decodeMessage(input.samlResponse))
  const login = inquiry.step('login', () => loginOf(ready, found, input, now))
  if (login) seen.login = login
  // From here on a refusal may be worth explaining: a stranger's message is not kept.
  seen.evidence = { response: message, requestId: login?.request_id ?? null }
  await askSecondSchema(deps, message, inquiry)
  seen.asker = { login: login?.relay_state_hash ?? null, address: input.address }
  seen.hearing = {
    ...{ message, ready, now },
    sp: { entityId: spAddresses(deps.publicUrl, connection).entity_id, acsUrls: acsUrls(deps.publicUrl, connection) },
    decryptionKeys: await deps.decryptionKeys(connection.id),
    inResponseTo: login?.request_id ?? null,
  }
  const admission = await deps.judge(seen.hearing, inquiry, seen.asker)
  const description = await describe(deps, connection, admission, inquiry)
  inquiry.step('replay', () => undefined)
  const secret = deps.random(32).toString('base64url')
  const session = sessionOf(deps, ready, login, { ...admission, ...description }, now)
  const { returnTo, grant } = answerLogin(deps, { ...admission, login, connection, session, now })
  const accepted = await deps.accept({
    login,
    connectionVersion: connection.version,
    assertionHash: hashOf(JSON.stringify([admission.assertion.issuer, admission.assertion.id])),
    assertionExpires: admission.acceptableUntil,
    subjectHash: admission.subjectHash,
    lastGroups: description.keep,
    session,
    secretHash: hashOf(secret),
    attempt: attemptOf({ connection, inquiry, traceId, at: deps.clock() }, null),
    grant,
  })
  if (typeof accepted === 'string')
    return inquiry.step('replay', () => {
      throw new Problem(accepted)
    })
  if (accepted.ended !== null) deps.onEnded([accepted.ended])
  return { traceId, returnTo, sessionSecret: secret, expiresAt: session.expires_at }
}

async function askSecondSchema({ secondSchema }: FinishDeps, message: string, inquiry: Inquiry): Promise<void> {
  if (!secondSchema) return
  const xml = inquiry.step('xml', () => lexicalGate(message))
  const refused = await secondSchema(xml).catch((error: unknown) => error)
  inquiry.step('schema', () => {
    if (refused !== undefined) throw refused
  })
}

// One read more, only where groups were left out and the connection goes by the last ones.
async function describe(
  { lastGroups }: FinishDeps,
  connection: Connection,
  admission: Admission,
  inquiry: Inquiry,
): Promise<Description> {
  const wanted = wantsLastGroups(admission.assertion, connection)
  const last = wanted ? await lastGroups(connection.id, admission.subjectHash) : undefined
  return describeAdmitted(admission, connection, last, inquiry)
}

function sessionOf(
  deps: FinishDeps,
  { connection }: ReadyConnection,
  login: Login | undefined,
  { assertion, claims }: Admission & Description,
  now: Date,
): Session {
  return newSession({
    ...{ assertion, claims, connection, now },
    clientId: login?.client_id ?? deps.defaultClientId,
    sub: deps.random(16).toString('base64url'),
    sid: deps.random(16).toString('base64url'),
    ttl: deps.sessionTtl,
  })
}

// A response that answers no login is taken only where the connection allows it; then it must answer no request either.
function loginOf(
  { connection }: ReadyConnection,
  found: Login | undefined,
  input: FinishInput,
  now: Date,
): Login | undefined {
  if (!connection.enabled) throw new Problem('connection_disabled')
  if (!found && (connection.allow_idp_initiated || input.relayState === '')) {
    requireUnsolicited(connection)
    return undefined
  }
  return requireLogin(found, connection.id, input.browser, now)
}
