// The first half of a login: from a click to the identity provider.

import { acceptsConnection, type Client } from '../clients/client.ts'
import { safeReturnTo } from '../clients/return-to.ts'
import type { Book, ReadyConnection } from '../connections/book.ts'
import { type Connection, requestedAcsUrl, spAddresses } from '../connections/connection.ts'
import type { AuthorizationRequest } from '../oauth/grant.ts'
import { Problem } from '../problem.ts'
import { authnRequestXml, type Dispatch, post, redirect, type SigningKey } from '../saml/authn-request.ts'
import { secretHash } from '../sessions/session.ts'
import { hashOf, type Login } from './login.ts'

/** What this verb may use. `save` keeps a login and answers the connection's version, or undefined where it is gone or off; a client from memory may be gone. */
export interface StartDeps {
  book: Book
  findClient: (clientId: string | undefined, returnTo: string | undefined) => Promise<Client>
  save: (login: Login) => Promise<number | 'client_not_found' | undefined>
  signingKey: (connectionId: string) => Promise<SigningKey>
  clock: () => Date
  random: (bytes: number) => Buffer
  publicUrl: string
  loginTtl: number
}

/** Who wants to sign in where. `browser` and `session` are the login and session cookies that the browser already has. */
export interface StartInput {
  connectionId: string
  clientId: string | undefined
  returnTo: string | undefined
  browser: string | undefined
  session: string | undefined
  /** An OAuth request whose address was found right; it takes the place of `returnTo`. */
  request?: AuthorizationRequest | undefined
}

/** Where the browser goes, and the login cookie it must hold when it comes back. */
export interface Started {
  dispatch: Dispatch
  browser: string
}

/** Begins a login; throws `connection_not_found`, `connection_disabled`, `connection_not_allowed`, `return_to_not_allowed`. */
export function startLogin(deps: StartDeps) {
  return async ({ browser = random(deps, 32), ...input }: StartInput): Promise<Started> => {
    const { connectionId, clientId, returnTo, session, request } = input
    const ready = usable(await deps.book.any(connectionId))
    const client = await deps.findClient(clientId, returnTo)
    if (!acceptsConnection(client, connectionId)) throw new Problem('connection_not_allowed')
    const relayState = random(deps, 24)
    const now = deps.clock()
    const login: Login = {
      relay_state_hash: hashOf(relayState),
      browser_hash: hashOf(browser),
      request_id: `_${deps.random(20).toString('hex')}`,
      connection_id: connectionId,
      client_id: client.client_id,
      return_to: request?.redirect_uri ?? destination(returnTo, ready.connection, client, deps.publicUrl),
      oauth_request: request ?? null,
      created_at: now,
      expires_at: new Date(now.getTime() + deps.loginTtl * 1000),
      session_hash: session === undefined ? null : secretHash(session),
    }
    const version = await deps.save(login)
    if (version === 'client_not_found') throw new Problem(version)
    const current = usable(
      version === undefined ? await deps.book.at(connectionId, 0) : await deps.book.at(connectionId, version),
    )
    return { dispatch: await dispatch(deps, current.connection, login, relayState), browser }
  }
}

function random(deps: StartDeps, bytes: number): string {
  return deps.random(bytes).toString('base64url')
}

function usable(ready: ReadyConnection | undefined): ReadyConnection {
  if (!ready) throw new Problem('connection_not_found')
  if (!ready.connection.enabled) throw new Problem('connection_disabled')
  return ready
}

function destination(returnTo: string | undefined, connection: Connection, client: Client, publicUrl: string): string {
  if (returnTo === undefined) return connection.default_return_to ?? client.origins[0] ?? publicUrl
  const safe = safeReturnTo(returnTo, client, publicUrl)
  if (safe === undefined) throw new Problem('return_to_not_allowed')
  return safe
}

async function dispatch(deps: StartDeps, connection: Connection, login: Login, relayState: string): Promise<Dispatch> {
  const xml = authnRequestXml({
    id: login.request_id,
    issueInstant: login.created_at.getTime(),
    spEntityId: spAddresses(deps.publicUrl, connection).entity_id,
    acsUrl: requestedAcsUrl(deps.publicUrl, connection),
    destination: connection.sign_on_url,
    forceAuthn: connection.force_authn || typeof login.oauth_request?.max_auth_age === 'number',
    nameIdFormat: connection.nameid_format,
    requestedAuthnContext: connection.requested_authn_context,
  })
  const key = connection.sign_requests ? await deps.signingKey(connection.id) : undefined
  const send = connection.request_binding === 'redirect' ? redirect : post
  return send(connection.sign_on_url, xml, relayState, key)
}
