// POST /token: a code or a refresh token becomes tokens. Everything is judged and minted first; what may be used once is used last, by
// one statement that only one of many can win. Who comes second shows that a secret is in two hands, and that ends what came of it.

import { acceptsConnection, type Client } from '../clients/client.ts'
import { allowsRedirect } from '../clients/redirect-uri.ts'
import { Problem } from '../problem.ts'
import type { Session } from '../sessions/session.ts'
import { type Grant, type RefreshToken, secretHash } from './grant.ts'
import { provesChallenge } from './pkce.ts'
import { knownScopes, releasedClaims } from './scope.ts'

/** The grants as these verbs use them. `redeem` and `rotate` answer whether they were first, `remove` whether there was one. */
export interface GrantKeeper {
  ofCode(codeHash: Buffer): Promise<Grant | undefined>
  ofRefreshToken(tokenHash: Buffer): Promise<{ grant: Grant; token: RefreshToken } | undefined>
  redeem(grant: Grant, refreshHash: Buffer | null, now: Date, expiresAt: Date): Promise<boolean>
  rotate(grant: Grant, tokenHash: Buffer, nextHash: Buffer, now: Date): Promise<boolean>
  exists(grantId: string): Promise<boolean>
  remove(grantId: string): Promise<boolean>
}

/** What these verbs may use. `resume` finds a session that is not over and notes that it was used; `onReuse` is told of a theft. */
export interface ExchangeDeps {
  grants: GrantKeeper
  resume: (sid: string) => Promise<Session | undefined>
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

/** Answers a token request of a client that has authenticated. */
export function exchange(deps: ExchangeDeps) {
  return (request: TokenRequest, client: Client): Promise<TokenAnswer> => {
    if (request.grant_type === 'authorization_code') return redeemCode(deps, request, client)
    if (request.grant_type === 'refresh_token') return refresh(deps, request, client)
    throw request.grant_type === undefined
      ? new Problem('invalid_request', { detail: 'grant_type is missing.' })
      : new Problem('unsupported_grant_type')
  }
}

async function redeemCode(deps: ExchangeDeps, request: TokenRequest, client: Client): Promise<TokenAnswer> {
  if (request.code === undefined) throw new Problem('invalid_request', { detail: 'code is missing.' })
  const now = deps.clock()
  const grant = await deps.grants.ofCode(secretHash(request.code))
  if (!grant || grant.client_id !== client.client_id) throw invalid('The code is not one of this client.')
  if (grant.redirect_uri !== request.redirect_uri) throw invalid('redirect_uri is not the one of the request.')
  if (!allowsRedirect(client, grant.redirect_uri)) throw invalid('redirect_uri is not one of the client any more.')
  if (!provesChallenge(grant.code_challenge, request.code_verifier)) throw invalid('code_verifier does not fit.')
  if (grant.redeemed_at !== null) throw await codeReused(deps, grant)
  if (now >= grant.code_expires_at) throw invalid('The code is over.')
  const session = await liveSession(deps, grant, client)
  const next = grant.scope.includes('offline_access') ? deps.random(32).toString('base64url') : undefined
  const nonce = grant.nonce === null ? {} : { nonce: grant.nonce }
  const answer = await tokens(deps, { session, client, grant, scope: grant.scope, nonce })
  const nextHash = next === undefined ? null : secretHash(next)
  if (!(await deps.grants.redeem(grant, nextHash, now, session.expires_at))) throw await codeReused(deps, grant)
  return next === undefined ? answer : { ...answer, refresh_token: next }
}

async function refresh(deps: ExchangeDeps, request: TokenRequest, client: Client): Promise<TokenAnswer> {
  if (request.refresh_token === undefined) throw new Problem('invalid_request', { detail: 'refresh_token is missing.' })
  const hash = secretHash(request.refresh_token)
  const found = await deps.grants.ofRefreshToken(hash)
  if (!found || found.grant.client_id !== client.client_id) throw invalid('The token is not one of this client.')
  const { grant, token } = found
  if (token.used_at !== null) throw await refreshReused(deps, grant)
  const session = await liveSession(deps, grant, client)
  const scope = request.scope === undefined ? grant.scope : narrowed(request.scope, grant)
  const answer = await tokens(deps, { session, client, grant, scope, nonce: {} })
  const next = deps.random(32).toString('base64url')
  if (!(await deps.grants.rotate(grant, hash, secretHash(next), deps.clock()))) throw await refreshReused(deps, grant)
  return { ...answer, refresh_token: next }
}

// The session, its connection and the client as they are now: what was switched off since gives no more tokens.
async function liveSession({ resume }: ExchangeDeps, grant: Grant, client: Client): Promise<Session> {
  const session = await resume(grant.sid)
  if (!session) throw invalid('The session is over.')
  if (!acceptsConnection(client, session.connection_id)) throw invalid('The connection is not accepted any more.')
  return session
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
