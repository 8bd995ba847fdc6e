// The ID token (OpenID Connect Core §2): for the client itself, so its audience is the client_id and its `typ` another than an access
// token's. Registered claims are set last.

import { SignJWT } from 'jose'
import type { Client } from '../clients/client.ts'
import { Problem } from '../problem.ts'
import type { Session } from '../sessions/session.ts'
import type { MintDeps } from './mint.ts'
import { currentKey } from './signing-key.ts'

/** Mints an ID token over the claims that a scope lets out; it never outlives the session. Throws `unavailable` where no key can sign. */
export function mintIdToken({ keys, clock, issuer, ttl }: Omit<MintDeps, 'random'>) {
  return async (
    session: Session,
    client: Pick<Client, 'client_id' | 'token_ttl'>,
    released: Record<string, unknown>,
  ): Promise<string> => {
    const now = clock()
    const key = currentKey(await keys(), now)
    if (!key) throw new Problem('unavailable', { cause: new Error('No key may sign now') })
    const iat = Math.floor(now.getTime() / 1000)
    const claims = {
      ...released,
      iss: issuer,
      aud: client.client_id,
      sub: session.sub,
      iat,
      exp: Math.min(iat + (client.token_ttl ?? ttl), Math.floor(session.expires_at.getTime() / 1000)),
      auth_time: Math.floor(session.auth_time.getTime() / 1000),
      sid: session.sid,
    }
    return new SignJWT(claims).setProtectedHeader({ alg: key.alg, kid: key.kid, typ: 'JWT' }).sign(key.privateKey)
  }
}
