// What a client was granted in a session. This room owns the code flow (OAuth 2.1, OpenID Connect Core 1.0): what a client asks for,
// the code it gets, the tokens that come of it and their end. It hands on grants and addresses to send a browser to; it never sees
// an assertion's XML, a cookie, or the private half of a key.

import { createHash } from 'node:crypto'
import type { Client, ClientState } from '../clients/client.ts'
import type { Session } from '../sessions/session.ts'
import type { Scope } from './scope.ts'

/** What a client asked for at /authorize, as it is kept with the login. */
export interface AuthorizationRequest {
  redirect_uri: string
  state: string | null
  nonce: string | null
  scope: Scope[]
  /** S256 (RFC 7636 §4.2); null: a confidential client that does without. */
  code_challenge: string | null
  /** Seconds that may lie between the person's sign-in and the request; null: any sign-in will do. */
  max_auth_age: number | null
}

/** A grant as it is kept. Deleting it revokes what came of it. */
export interface Grant {
  id: string
  sid: string
  client_id: string
  redirect_uri: string
  scope: Scope[]
  nonce: string | null
  code_challenge: string | null
  code_hash: Buffer
  code_expires_at: Date
  redeemed_at: Date | null
  created_at: Date
  expires_at: Date
}

/** A refresh token as it is kept. */
export interface RefreshToken {
  grant_id: string
  used_at: Date | null
}

/** A grant with what it stands on, read at one moment: its session where that counts, and the state of its client. */
export interface FoundGrant {
  grant: Grant
  session: Session | undefined
  client: ClientState
}

/** What must hold for a code to be redeemed as it is found: whose it is, where it went, what it was bound to. */
export interface Redemption {
  client: ClientState & Pick<Client, 'client_id' | 'connections'>
  redirectUri: string
  challenge: string | null
  /** Of the refresh token that is kept where the grant has `offline_access`. */
  refreshHash: Buffer
}

/** Seconds that a code lives (RFC 6749 §4.1.2 allows ten minutes; nobody needs them). */
export const codeTtl = 60

/** What a new grant is made of. */
export interface GrantParts {
  request: AuthorizationRequest
  session: Pick<Session, 'sid'>
  clientId: string
  now: Date
  random: (bytes: number) => Buffer
}

/** A new grant with its code, which leaves this process once. */
export function newGrant({ request, session, clientId, now, random }: GrantParts): { grant: Grant; code: string } {
  const code = random(32).toString('base64url')
  const end = new Date(now.getTime() + codeTtl * 1000)
  const grant: Grant = {
    id: random(12).toString('base64url'),
    sid: session.sid,
    client_id: clientId,
    redirect_uri: request.redirect_uri,
    scope: request.scope,
    nonce: request.nonce,
    code_challenge: request.code_challenge,
    code_hash: secretHash(code),
    code_expires_at: end,
    redeemed_at: null,
    created_at: now,
    expires_at: end,
  }
  return { grant, code }
}

/** SHA-256 of a code or a refresh token. */
export function secretHash(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}

/** The client's address with an answer in its query: `code` or `error`, with `state` and our `iss` (RFC 9207 §2). */
export function callbackUrl(
  { redirect_uri, state }: Pick<AuthorizationRequest, 'redirect_uri' | 'state'>,
  issuer: string,
  answer: Record<string, string>,
): string {
  const query = new URLSearchParams({ ...answer, ...(state === null ? {} : { state }), iss: issuer })
  return `${redirect_uri}${redirect_uri.includes('?') ? '&' : '?'}${query}`
}
