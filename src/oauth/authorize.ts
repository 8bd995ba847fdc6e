// GET /authorize: from what a client asks to a code, to the identity provider, or to an error that the client is told. Nobody is sent to
// an address before it was found to be the client's own.

import { acceptsConnection, type Client } from '../clients/client.ts'
import { allowsRedirect } from '../clients/redirect-uri.ts'
import type { Connection } from '../connections/connection.ts'
import { Problem } from '../problem.ts'
import type { Session } from '../sessions/session.ts'
import { errorAnswer, isClients } from './error.ts'
import { type AuthorizationRequest, callbackUrl, type Grant, newGrant } from './grant.ts'
import { type AuthorizeQuery, type ReadRequest, readRequest } from './request.ts'

/** What this verb may use. `save` answers whether the session was still there; `readIdToken` the sub of a token of ours, expired or not. */
export interface AuthorizeDeps<Started> {
  findClient: (clientId: string) => Promise<Client | undefined>
  find: (hint: { email?: string; domain?: string; tenant?: string }, client: Client) => Promise<Connection[]>
  resume: (secret: string) => Promise<Session | undefined>
  readIdToken: (token: string, clientId: string) => Promise<string | undefined>
  start: (connectionId: string, visitor: Visitor, request: AsksFor) => Promise<Started>
  save: (grant: Grant) => Promise<boolean>
  clock: () => Date
  random: (bytes: number) => Buffer
  issuer: string
}

/** What a login is begun for. */
export interface AsksFor {
  clientId: string
  request: AuthorizationRequest
}

/** The cookies that a browser brought. */
export interface Visitor {
  session: string | undefined
  browser: string | undefined
}

/** What happens next: back to the client, off to the identity provider, a choice, or the question for the e-mail address. */
export type Authorized<Started> =
  | { go: string }
  | { started: Started }
  | { choices: readonly Connection[] }
  | { ask: 'first' | 'again' }

/** Answers an authorization request; throws (a page) only while the client or its address is not known to be right. */
export function authorize<Started>(deps: AuthorizeDeps<Started>) {
  return async (query: AuthorizeQuery, visitor: Visitor): Promise<Authorized<Started>> => {
    const client = await deps.findClient(query.client_id)
    if (!client) throw new Problem('client_not_found')
    if (!allowsRedirect(client, query.redirect_uri)) throw new Problem('redirect_uri_not_allowed')
    try {
      return await answer(deps, query, client, visitor)
    } catch (error) {
      if (!(error instanceof Problem) || !isClients(error)) throw error
      const { redirect_uri, state = null } = query
      return { go: callbackUrl({ redirect_uri, state }, deps.issuer, errorAnswer(error)) }
    }
  }
}

async function answer<Started>(
  deps: AuthorizeDeps<Started>,
  query: AuthorizeQuery,
  client: Client,
  visitor: Visitor,
): Promise<Authorized<Started>> {
  const read = readRequest(query, client)
  const session = visitor.session === undefined ? undefined : await deps.resume(visitor.session)
  if (session && (await serves(deps, session, query, read, client))) return grantTo(deps, session, read.request, client)
  if (read.prompts.has('none')) throw new Problem('login_required')
  const start = (connectionId: string) =>
    deps.start(connectionId, visitor, { clientId: client.client_id, request: read.request })
  if (query.connection !== undefined) return { started: await start(query.connection) }
  const { found, asked } = await candidates(deps, query, client)
  const [only, another] = found
  if (only && !another) return { started: await start(only.id) }
  return another ? { choices: found } : { ask: asked ? 'again' : 'first' }
}

async function grantTo<Started>(
  { save, clock, random, issuer }: AuthorizeDeps<Started>,
  session: Session,
  request: AuthorizationRequest,
  client: Client,
): Promise<{ go: string }> {
  const { grant, code } = newGrant({ request, session, clientId: client.client_id, now: clock(), random })
  if (!(await save(grant))) throw new Problem('login_required')
  return { go: callbackUrl(request, issuer, { code }) }
}

// Whether the session of this browser is what the client asks for: young enough, and of the person and company that are meant.
async function serves<Started>(
  deps: AuthorizeDeps<Started>,
  session: Session,
  query: AuthorizeQuery,
  { request: { max_auth_age: age }, prompts }: ReadRequest,
  client: Client,
): Promise<boolean> {
  if (prompts.has('login') || prompts.has('select_account')) return false
  if (!acceptsConnection(client, session.connection_id)) return false
  if (age !== null && (age === 0 || deps.clock().getTime() - session.auth_time.getTime() > age * 1000)) return false
  if (query.connection !== undefined && query.connection !== session.connection_id) return false
  if (query.tenant !== undefined && query.tenant !== session.tenant) return false
  if (!isPerson(session, query.email ?? query.login_hint)) return false
  if (query.id_token_hint !== undefined) {
    if ((await deps.readIdToken(query.id_token_hint, client.client_id)) !== session.sub) return false
  }
  if (query.domain_hint === undefined) return true
  const found = await deps.find({ domain: query.domain_hint }, client)
  return found.some(one => one.id === session.connection_id)
}

// A hint that is an address means somebody else where the session has another address.
function isPerson({ sub, claims: { email } }: Session, hint: string | undefined): boolean {
  if (hint === undefined || hint === sub || !hint.includes('@') || email === undefined) return true
  return [email].flat().some(one => String(one).toLowerCase() === hint.toLowerCase())
}

// What was said of the person, as /login takes it. A login_hint that leads nowhere is only a hint.
async function candidates<Started>(deps: AuthorizeDeps<Started>, query: AuthorizeQuery, client: Client) {
  const { email, login_hint, domain_hint: domain, tenant } = query
  const said = { ...(domain === undefined ? {} : { domain }), ...(tenant === undefined ? {} : { tenant }) }
  if (email !== undefined) return { found: await deps.find({ email }, client), asked: true }
  if (login_hint?.includes('@') && domain === undefined) {
    const found = await deps.find({ ...said, email: login_hint }, client)
    if (found.length > 0) return { found, asked: true }
  }
  return { found: await deps.find(said, client), asked: Object.keys(said).length > 0 }
}
