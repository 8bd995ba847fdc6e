// Tokens of ours that come back. One algorithm for each key of ours, no other key, one `typ` for each kind: what a header says beyond
// that is not believed.

import { type JWTHeaderParameters, type JWTPayload, type JWTVerifyOptions, jwtVerify } from 'jose'
import type { KeyRecord, TokenAlg } from './signing-key.ts'

/** What these verbs may use. */
export interface VerifyDeps {
  keys: () => Promise<readonly KeyRecord[]>
  clock: () => Date
  issuer: string
}

const algorithms: TokenAlg[] = ['ES256', 'RS256', 'EdDSA']

// Characters: more than any token of ours has.
const longest = 64 * 1024

/** The claims of an access token that is good here and now; undefined for anything else, whatever is wrong with it. */
export function verifyAccessToken<Claims extends JWTPayload>({ keys, clock, issuer }: VerifyDeps) {
  return (token: string): Promise<Claims | undefined> =>
    read<Claims>(token, keys, {
      ...{ algorithms, issuer, typ: 'at+jwt', currentDate: clock() },
      requiredClaims: ['exp', 'sub', 'aud', 'client_id', 'sid', 'jti'],
    })
}

/** The sub of an ID token that was made for a client, also when it is over (OpenID Connect Core §3.1.2.1, id_token_hint). */
export function readIdToken({ keys, issuer }: VerifyDeps) {
  return async (token: string, clientId: string): Promise<string | undefined> => {
    const currentDate = new Date(0)
    const claims = await read(token, keys, { algorithms, issuer, audience: clientId, typ: 'JWT', currentDate })
    return claims?.sub
  }
}

async function read<Claims extends JWTPayload>(
  token: string,
  keys: VerifyDeps['keys'],
  options: JWTVerifyOptions,
): Promise<Claims | undefined> {
  if (token.length > longest) return undefined
  const known = await keys()
  try {
    const { payload } = await jwtVerify<Claims>(token, header => keyFor(known, header, options.currentDate), options)
    return payload
  } catch {
    return undefined
  }
}

function keyFor(keys: readonly KeyRecord[], { kid, alg }: JWTHeaderParameters, now = new Date()) {
  const key = keys.find(one => one.kid === kid && one.alg === alg)
  if (!key || (key.published_until !== null && now >= key.published_until)) throw new Error('No such key')
  return key.public_jwk
}
