// The seal: a session and a client → a JWT access token in the profile of RFC 9068. Registered claims are set last, so that nothing
// that came from an identity provider can stand in their place.

import { SignJWT } from 'jose'
import type { Client } from '../clients/client.ts'
import { Problem } from '../problem.ts'
import type { Session } from '../sessions/session.ts'
import { currentKey, type SigningKey } from './signing-key.ts'

/** What minting needs. Durations in seconds. */
export interface MintDeps {
  keys: () => Promise<readonly SigningKey[]>
  clock: () => Date
  random: (bytes: number) => Buffer
  issuer: string
  ttl: number
}

/** A token, the key that signed it, and when it ends, in milliseconds. */
export interface Minted {
  token: string
  kid: string
  expiresAt: number
}

/** The grant that a token comes of: its id begins the `jti`, so that introspection finds it again; its scope becomes a claim. */
export interface TokenGrant {
  id: string
  scope: readonly string[]
}

/** Mints an access token; it never outlives the session. Throws `unavailable` where no key can sign. */
export function mintAccessToken({ keys, clock, random, issuer, ttl }: MintDeps) {
  return async (
    session: Session,
    client: Pick<Client, 'client_id' | 'audience' | 'token_ttl'>,
    grant?: TokenGrant,
  ): Promise<Minted> => {
    const now = clock()
    const key = currentKey(await keys(), now)
    if (!key) throw new Problem('unavailable', { cause: new Error('No key may sign now') })
    const iat = Math.floor(now.getTime() / 1000)
    const exp = Math.min(iat + (client.token_ttl ?? ttl), Math.floor(session.expires_at.getTime() / 1000))
    const id = random(16).toString('base64url')
    const claims = {
      ...session.claims,
      iss: issuer,
      aud: client.audience,
      sub: session.sub,
      client_id: client.client_id,
      jti: grant ? `${grant.id}.${id}` : id,
      iat,
      exp,
      auth_time: Math.floor(session.auth_time.getTime() / 1000),
      sid: session.sid,
      tenant: session.tenant,
      connection: session.connection_id,
      ...(grant ? { scope: grant.scope.join(' ') } : {}),
    }
    const token = await new SignJWT(claims)
      .setProtectedHeader({ alg: key.alg, kid: key.kid, typ: 'at+jwt' })
      .sign(key.privateKey)
    return { token, kid: key.kid, expiresAt: exp * 1000 }
  }
}
