// POST /token: a code or a refresh token becomes tokens. What may be used once is used by one statement that only one of many can win:
// a code by the one that finds it, where nothing can be said against that; else everything is judged and minted first, and it is used
// last. Who comes second shows that a secret is in two hands, and that ends what came of it.

import { acceptsConnection, type Client, provesTheSame, sameState } from '../clients/client.ts'
import { allowsRedirect } from '../clients/redirect-uri.ts'
import { Problem } from '../problem.ts'
import type { Session } from '../sessions/session.ts'
import { type FoundGrant, type Grant, type Redemption, type RefreshToken, secretHash } from './grant.ts'
import { challengeOf, provesChallenge } from './pkce.ts'
import { knownScopes, releasedClaims } from './scope.ts'

/**
 * The grants as these verbs use them. `ofCode` redeems where all of `as` holds, and answers the grant as it was before; `redeem` and
 * `rotate` answer whether they were first, `remove` whether there was one.
 */
export interface GrantKeeper {
  ofCode(codeHash: Buffer, as: Redemption, now: Date): Promise<(FoundGrant & { redeemed: boolean }) | undefined>
  ofRefreshToken(tokenHash: Buffer, now: Date): Promise<(FoundGrant & { token: RefreshToken }) | undefined>
  redeem(grant: Grant, refreshHash: Buffer | null, now: Date, expiresAt: Date): Promise<boolean>
  rotate(grant: Grant, tokenHash: Buffer, nextHash: Buffer, now: Date): Promise<boolean>
  exists(grantId: string): Promise<boolean>
  remove(grantId: string): Promise<boolean>
}

/** What these verbs may use. `used` notes that a session was used; `findClient` reads the database; `onReuse` is told of a theft. */
export interface ExchangeDeps {
  grants: GrantKeeper
  used: (session: Session) => void
  findClient: (clientId: string) => Promise<Client | undefined>
  endSession: (sid: string) => Promise<unknown>
  accessToken: (
    session: Session,
    client: Client,
    grant: { id: string; scope: readonly string[] },
  ) => Promise<{ token: string; expiresAt: number }>
  idToken: (session: Session, client: Client, claims: Record<string, unknown>) => Promise<string>
  onReuse: (grant: Grant, secret: 'code' | 'refresh token') => void
  clock: () => Date
  random: (bytes: number) => Buffer
}

/** What is posted to /token beside the client's credentials. */
export interface TokenRequest {
  grant_type?: string
  code?: string
  redirect_uri?: string
  code_verifier?: string
  refresh_token?: string
  scope?: string
}

/** The answer of /token (RFC 6749 §5.1). */
export interface TokenAnswer {
  access_token: string
  token_type: 'Bearer'
  expires_in: number
  scope: string
  id_token?: string
  refresh_token?: string
}

/** Answers a token request of a client that has authenticated, if only as memory has it: what is found says whether it is so still. */
export function exchange(deps: ExchangeDeps) {
  return (request: TokenRequest, client: Client): Promise<TokenAnswer> => {
    if (request.grant_type === 'authorization_code') return redeemCode(deps, request, client)
    if (request.grant_type === 'refresh_token') return refresh(deps, request, client)
    throw request.grant_type === undefined
      ? new Problem('invalid_request', { detail: 'grant_type is missing.' })
      : new Problem('unsupported_grant_type')
  }
}

async function redeemCode(deps: ExchangeDeps, request: TokenRequest, known: Client): Promise<TokenAnswer> {
  if (request.code === undefined) throw new Problem('invalid_request', { detail: 'code is missing.' })
  const now = deps.clock()
  const next = deps.random(32).toString('base64url')
  const found = await deps.grants.ofCode(secretHash(request.code), redemption(request, known, next), now)
  if (!found || found.grant.client_id !== known.client_id)
    throw await stranger(deps, known, 'The code is not one of this client.')
  const { grant } = found
  const client = await asItIs(deps, known, found)
  if (grant.redirect_uri !== request.redirect_uri) throw invalid('redirect_uri is not the one of the request.')
  if (!allowsRedirect(client, grant.redirect_uri)) throw invalid('redirect_uri is not one of the client any more.')
  if (!provesChallenge(grant.code_challenge, request.code_verifier)) throw invalid('code_verifier does not fit.')
  if (grant.redeemed_at !== null) throw await codeReused(deps, grant)
  if (now >= grant.code_expires_at) throw invalid('The code is over.')
  const session = liveSession(found, client)
  const lasting = grant.scope.includes('offline_access')
  const nonce = grant.nonce === null ? {} : { nonce: grant.nonce }
  const answer = await tokens(deps, { session, client, grant, scope: grant.scope, nonce })
  const hash = lasting ? secretHash(next) : null
  const first = found.redeemed || (await deps.grants.redeem(grant, hash, now, session.expires_at))
  if (!first) throw await codeReused(deps, grant)
  return lasting ? { ...answer, refresh_token: next } : answer
}

// What the checks below would say of a request that is in order. An address that is not the client's is that of no grant.
function redemption({ redirect_uri = '', code_verifier }: TokenRequest, client: Client, next: string): Redemption {
  const redirectUri = allowsRedirect(client, redirect_uri) ? redirect_uri : ''
  return { client, redirectUri, challenge: challengeOf(code_verifier), refreshHash: secretHash(next) }
}

async function refresh(deps: ExchangeDeps, request: TokenRequest, known: Client): Promise<TokenAnswer> {
  if (request.refresh_token === undefined) throw new Problem('invalid_request', { detail: 'refresh_token is missing.' })
  const hash = secretHash(request.refresh_token)
  const found = await deps.grants.ofRefreshToken(hash, deps.clock())
  if (!found || found.grant.client_id !== known.client_id)
    throw await stranger(deps, known, 'The token is not one of this client.')
  const { grant, token } = found
  const client = await asItIs(deps, known, found)
  if (token.used_at !== null) throw await refreshReused(deps, grant)
  const session = liveSession(found, client)
  deps.used(session)
  const scope = request.scope === undefined ? grant.scope : narrowed(request.scope, grant)
  const answer = await tokens(deps, { session, client, grant, scope, nonce: {} })
  const next = deps.random(32).toString('base64url')
  if (!(await deps.grants.rotate(grant, hash, secretHash(next), deps.clock()))) throw await refreshReused(deps, grant)
  return { ...answer, refresh_token: next }
}

// The session, its connection and the client as they are now: what was switched off since gives no more tokens.
function liveSession({ session }: FoundGrant, client: Client): Session {
  if (!session) throw invalid('The session is over.')
  if (!acceptsConnection(client, session.connection_id)) throw invalid('The connection is not accepted any more.')
  return session
}

// What proved itself to memory counts only where the database has the same to prove.
async function asItIs(deps: ExchangeDeps, known: Client, found: FoundGrant): Promise<Client> {
  return sameState(known, found.client) ? known : proven(deps, known)
}

async function proven({ findClient }: ExchangeDeps, known: Client): Promise<Client> {
  const client = await findClient(known.client_id)
  if (!client || !provesTheSame(client, known)) throw new Problem('invalid_client')
  return client
}

// Whoever proved itself only to memory is told that first.
async function stranger(deps: ExchangeDeps, known: Client, detail: string): Promise<Problem> {
  await proven(deps, known)
  return invalid(detail)
}

function narrowed(text: string, grant: Grant): string[] {
  const scope = knownScopes(text)
  if (scope.some(one => !grant.scope.includes(one))) throw new Problem('invalid_scope')
  return scope
}

interface Minting {
  session: Session
  client: Client
  grant: Grant
  scope: readonly string[]
  nonce: { nonce?: string }
}

async function tokens(deps: ExchangeDeps, { session, client, grant, scope, nonce }: Minting): Promise<TokenAnswer> {
  const { token, expiresAt } = await deps.accessToken(session, client, { id: grant.id, scope })
  const idToken = scope.includes('openid')
    ? { id_token: await deps.idToken(session, client, { ...releasedClaims(session, scope), ...nonce }) }
    : {}
  const expiresIn = Math.floor(expiresAt / 1000) - Math.floor(deps.clock().getTime() / 1000)
  return { access_token: token, token_type: 'Bearer', expires_in: expiresIn, scope: scope.join(' '), ...idToken }
}

async function codeReused({ grants, onReuse }: ExchangeDeps, grant: Grant): Promise<Problem> {
  if (await grants.remove(grant.id)) onReuse(grant, 'code')
  return invalid('The code was used before.')
}

async function refreshReused({ grants, endSession, onReuse }: ExchangeDeps, grant: Grant): Promise<Problem> {
  // What a logout ended meanwhile was not stolen.
  const stood = await grants.exists(grant.id)
  await endSession(grant.sid)
  if (stood) onReuse(grant, 'refresh token')
  return invalid('The refresh token was used before.')
}

function invalid(detail: string): Problem {
  return new Problem('invalid_grant', { detail })
}
