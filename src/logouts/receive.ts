// An identity provider's message at our single logout address: a request, which ends sessions and is answered, or the response to a
// request of ours. Nothing is consumed and nobody is shown out before all is well.

import { createHash } from 'node:crypto'
import type { Book, ReadyConnection } from '../connections/book.ts'
import { allowsSha1, type Connection, logoutIssuers, spAddresses } from '../connections/connection.ts'
import { Problem } from '../problem.ts'
import type { NameID } from '../saml/assertion.ts'
import { type Dispatch, post, redirect, type SigningKey } from '../saml/authn-request.ts'
import { type Check, type Inquiry, openInquiry } from '../saml/inquiry.ts'
import { logoutResponseXml } from '../saml/logout.ts'
import { type ExaminedLogout, examineLogout, type LogoutMessage, type LogoutTransport } from '../saml/logout-message.ts'
import { judgeLogout, logoutAcceptableUntil, logoutVerdict } from '../saml/logout-rules.ts'
import { partialLogout, success } from '../saml/names.ts'
import type { Tools, Trust } from '../saml/response.ts'
import type { Session } from '../sessions/session.ts'
import { type Logout, meantSessions } from './logout.ts'

/** What taking a request does, all in one transaction. */
export interface LogoutKeeper {
  /** Notes a request as used; false where it was used before. */
  consume(connectionId: string, requestHash: Buffer, expires: Date): Promise<boolean>
  /** The sessions of a connection whose NameID has this value. */
  named(connectionId: string, value: string): Promise<Session[]>
  /** Ends a session. */
  end(sid: string): Promise<unknown>
}

/** What this verb may use. `finish` consumes a logout under way; undefined where there is none of this browser. */
export interface ReceiveDeps {
  book: Book
  tools: Tools
  version: (connectionId: string) => Promise<number | undefined>
  decryptionKeys: (connectionId: string) => Promise<Trust['decryptionKeys']>
  signingKey: (connectionId: string) => Promise<SigningKey>
  transaction<T>(work: (keeper: LogoutKeeper) => Promise<T>): Promise<T>
  finish: (
    logout: Pick<Logout, 'request_id' | 'browser_hash' | 'connection_id'>,
    now: Date,
  ) => Promise<Logout | undefined>
  clock: () => Date
  random: (bytes: number) => Buffer
  publicUrl: string
}

/** What came to our single logout address; `browser` is the login cookie. */
export interface ReceiveInput {
  connectionId: string
  transport: LogoutTransport
  browser: string | undefined
}

/** What became of it: a request's sessions ended and the answer to send, or a sign-out of ours that came back. */
export type Received = { traceId: string } & (
  | { kind: 'request'; ended: string[]; dispatch: Dispatch }
  | { kind: 'response'; elsewhere: 'done' | 'partial' | 'failed'; status: string; returnTo: string | undefined }
)

/** Takes a message. Throws `logout_not_configured`; `logout_refused` or `malformed_logout` with a trace id, the cause inside. */
export function receiveLogout(deps: ReceiveDeps) {
  return async (input: ReceiveInput): Promise<Received> => {
    const version = await deps.version(input.connectionId)
    const ready = version === undefined ? undefined : await deps.book.at(input.connectionId, version)
    if (!ready) throw new Problem('connection_not_found')
    if (!ready.connection.enabled) throw new Problem('connection_disabled')
    if (ready.connection.logout_url === null) throw new Problem('logout_not_configured')
    const traceId = deps.random(10).toString('hex')
    try {
      const examined = await judged(deps, ready, input.transport, openInquiry())
      if (examined.message.element === 'LogoutResponse') return { traceId, ...(await comeBack(deps, input, examined)) }
      return { traceId, ...(await showOut(deps, ready.connection, examined)) }
    } catch (error) {
      if (!(error instanceof Problem) || error.status >= 500) throw error
      throw new Problem(error.status === 400 ? 'malformed_logout' : 'logout_refused', { traceId, cause: error })
    }
  }
}

async function judged(
  deps: ReceiveDeps,
  { connection, keys }: ReadyConnection,
  transport: LogoutTransport,
  inquiry: Inquiry,
): Promise<ExaminedLogout> {
  const now = deps.clock()
  const decryptionKeys = await deps.decryptionKeys(connection.id)
  const trust = { keys, decryptionKeys, allowSha1: allowsSha1(connection, now), allowCbcUnsigned: false }
  const examined = examineLogout(transport, trust, deps.tools, inquiry)
  const expected = {
    issuers: logoutIssuers(connection),
    destination: spAddresses(deps.publicUrl, connection).slo_url,
    clockSkew: connection.clock_skew,
  }
  const checks = judgeLogout(examined.message, expected, now.getTime())
  const broken = logoutVerdict(checks)
  if (broken) throw new Problem(broken, { detail: inWords(checks) })
  return examined
}

function inWords(checks: readonly Check[]): string {
  const failed = checks.filter(check => check.verdict === 'fail')
  return failed.map(({ name, expected, received, fix }) => `${name}: not ${expected} but ${received}. ${fix}`).join(' ')
}

async function showOut(deps: ReceiveDeps, connection: Connection, { message, relayState }: ExaminedLogout) {
  const { sessionIndexes } = message
  const nameID = message.nameID as NameID
  const sides = { idp: connection.issuer, sp: spAddresses(deps.publicUrl, connection).entity_id }
  const expires = new Date(logoutAcceptableUntil(message))
  const ended = await deps.transaction(async keeper => {
    const first = await keeper.consume(connection.id, hashOf(message.id), expires)
    if (!first) throw new Problem('logout_replayed')
    const meant = meantSessions(await keeper.named(connection.id, nameID.value), { nameID, sessionIndexes }, sides)
    for (const { sid } of meant) await keeper.end(sid)
    return meant.map(({ sid }) => sid)
  })
  return { kind: 'request' as const, ended, dispatch: await answer(deps, connection, message, relayState) }
}

// Whoever is not signed in here is signed out: that too is a success.
async function answer(deps: ReceiveDeps, connection: Connection, { id }: LogoutMessage, relayState: string) {
  const destination = connection.logout_response_url ?? (connection.logout_url as string)
  const header = {
    id: `_${deps.random(20).toString('hex')}`,
    issueInstant: deps.clock().getTime(),
    destination,
    issuer: spAddresses(deps.publicUrl, connection).entity_id,
  }
  const send = connection.logout_binding === 'redirect' ? redirect : post
  const key = await deps.signingKey(connection.id)
  return send(destination, logoutResponseXml(header, id), relayState, key, 'LogoutResponse')
}

async function comeBack(deps: ReceiveDeps, { connectionId, browser }: ReceiveInput, { message }: ExaminedLogout) {
  const { inResponseTo, status } = message
  const known = inResponseTo !== undefined && browser !== undefined
  const logout = known
    ? await deps.finish(
        { request_id: inResponseTo, browser_hash: hashOf(browser), connection_id: connectionId },
        deps.clock(),
      )
    : undefined
  if (!logout) {
    const detail = browser === undefined ? 'The browser sent no login cookie.' : 'None of this browser has this ID.'
    throw new Problem('logout_unknown', { detail })
  }
  const partial = status.subCode === partialLogout || status.code === partialLogout
  const elsewhere = partial ? ('partial' as const) : status.code === success ? ('done' as const) : ('failed' as const)
  const said = [status.code, status.subCode].filter(Boolean).join(' – ')
  return { kind: 'response' as const, elsewhere, status: said, returnTo: logout.return_to ?? undefined }
}

function hashOf(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
