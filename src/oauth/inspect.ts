// /userinfo, /introspect and /revoke: what is known of a token now, and its end before its time. A token is live while its signature,
// its session and its grant are.

import type { Client } from '../clients/client.ts'
import { Problem } from '../problem.ts'
import type { Session } from '../sessions/session.ts'
import { type FoundGrant, type RefreshToken, secretHash } from './grant.ts'
import { releasedClaims } from './scope.ts'

/** The claims of an access token of ours that has a good signature and is not over. */
export interface AccessClaims extends Record<string, unknown> {
  sub: string
  aud: string
  client_id: string
  sid: string
  jti: string
  exp: number
  scope?: string
}

/** What these verbs may use; `verify` answers undefined for whatever is not an access token of ours, here and now. */
export interface InspectDeps {
  verify: (token: string) => Promise<AccessClaims | undefined>
  findSession: (sid: string) => Promise<Session | undefined>
  findClient: (clientId: string) => Promise<Client | undefined>
  grants: {
    exists(grantId: string): Promise<boolean>
    ofRefreshToken(tokenHash: Buffer, now: Date): Promise<(FoundGrant & { token: RefreshToken }) | undefined>
    remove(grantId: string): Promise<unknown>
  }
  clock: () => Date
  issuer: string
}

/** The claims about the person of an access token (OpenID Connect Core §5.3); throws `invalid_token`, `insufficient_scope`. */
export function userInfo(deps: InspectDeps) {
  return async (token: string): Promise<Record<string, unknown>> => {
    const claims = await deps.verify(token)
    const session = claims && (await liveSession(deps, claims))
    if (!claims || !session) throw new Problem('invalid_token')
    const scope = claims.scope?.split(' ') ?? []
    if (!scope.includes('openid')) throw new Problem('insufficient_scope')
    return { ...releasedClaims(session, scope), sub: session.sub }
  }
}

/** What a token is (RFC 7662 §2.2), told to the client that it was made for or that is its audience; throws `unauthorized_client`. */
export function introspect(deps: InspectDeps) {
  return async (token: string, client: Client): Promise<Record<string, unknown>> => {
    if (!client.confidential) throw new Problem('unauthorized_client')
    const known = isJwt(token) ? await accessToken(deps, token, client) : await refreshToken(deps, token, client)
    return known ? { active: true, ...known } : { active: false }
  }
}

/** Ends the grant of a token (RFC 7009); nothing happens to a token that is not known. */
export function revoke(deps: InspectDeps) {
  return async (token: string, client: Client): Promise<void> => {
    const found = await grantOf(deps, token)
    if (!found) return
    if (found.clientId !== client.client_id) throw new Problem('unauthorized_client')
    if (found.grantId === undefined) throw new Problem('unsupported_token_type')
    await deps.grants.remove(found.grantId)
  }
}

async function accessToken(deps: InspectDeps, token: string, client: Client) {
  const claims = await deps.verify(token)
  if (!claims || (claims.client_id !== client.client_id && claims.aud !== client.audience)) return undefined
  const live = (await liveSession(deps, claims)) && (await deps.findClient(claims.client_id))
  return live && { ...claims, token_type: 'Bearer' }
}

async function refreshToken({ grants, clock, issuer }: InspectDeps, token: string, client: Client) {
  const found = await grants.ofRefreshToken(secretHash(token), clock())
  if (!found || found.token.used_at !== null || found.grant.client_id !== client.client_id) return undefined
  const { grant, session } = found
  if (!session) return undefined
  const { scope, client_id, sid, expires_at } = grant
  const exp = Math.floor(expires_at.getTime() / 1000)
  return { iss: issuer, scope: scope.join(' '), client_id, sub: session.sub, sid, exp }
}

async function grantOf({ verify, grants, clock }: InspectDeps, token: string) {
  if (isJwt(token)) {
    const claims = await verify(token)
    return claims && { clientId: claims.client_id, grantId: grantIdOf(claims) }
  }
  const found = await grants.ofRefreshToken(secretHash(token), clock())
  return found && { clientId: found.grant.client_id, grantId: found.grant.id }
}

async function liveSession({ findSession, grants }: InspectDeps, claims: AccessClaims): Promise<Session | undefined> {
  const grantId = grantIdOf(claims)
  if (grantId !== undefined && !(await grants.exists(grantId))) return undefined
  return findSession(claims.sid)
}

// The jti of a token that came of a grant begins with its id; a gateway's token has none (tokens/mint.ts).
function grantIdOf({ jti }: AccessClaims): string | undefined {
  return jti.includes('.') ? jti.split('.')[0] : undefined
}

function isJwt(token: string): boolean {
  return token.includes('.')
}
