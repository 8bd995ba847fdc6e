// The keys of a client that authenticates with signed assertions (RFC 7523 §2.2): public halves only, of kinds and sizes that are
// taken. With several keys each has a `kid`, so that rotating them is adding one and later removing the other.

import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto'
import type { Mistake } from '../problem.ts'

/** A key set (RFC 7517 §5). */
export interface ClientKeys {
  keys: JsonWebKey[]
}

/** The algorithms with which a client may sign. */
export const assertionAlgs = ['ES256', 'ES384', 'PS256', 'RS256', 'EdDSA', 'Ed25519']

const secretMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']
const curves = ['P-256', 'P-384', 'Ed25519']

/** What is wrong with a client's keys. */
export function keyMistakes(jwks: ClientKeys | null, confidential: boolean): Mistake[] {
  if (jwks === null) return []
  const kids = jwks.keys.map(key => key['kid'])
  const ambiguous = kids.length > 1 && new Set(kids.filter(kid => typeof kid === 'string')).size < kids.length
  return [
    ...(confidential ? [] : [{ field: 'jwks', message: 'is for confidential clients only.' }]),
    ...(ambiguous ? [{ field: 'jwks.keys', message: 'must each have a kid of its own.' }] : []),
    ...jwks.keys.flatMap((key, at) => {
      const message = fault(key)
      return message === undefined ? [] : [{ field: `jwks.keys[${at}]`, message }]
    }),
  ]
}

function fault(key: JsonWebKey): string | undefined {
  if (secretMembers.some(name => name in key)) return 'holds a private key; give the public half and replace the key.'
  if (key['use'] !== undefined && key['use'] !== 'sig') return 'is not a key for signatures (use).'
  if (key['alg'] !== undefined && !assertionAlgs.includes(String(key['alg'])))
    return `must have one of the algorithms ${assertionAlgs.join(', ')}.`
  const publicKey = read(key)
  if (!publicKey) return 'is no public JWK.'
  if (key.kty === 'RSA')
    return (publicKey.asymmetricKeyDetails?.modulusLength ?? 0) >= 2048 ? undefined : 'must have at least 2048 bits.'
  return curves.includes(key.crv ?? '') ? undefined : `must be RSA or on one of the curves ${curves.join(', ')}.`
}

function read(key: JsonWebKey): KeyObject | undefined {
  try {
    return createPublicKey({ key, format: 'jwk' })
  } catch {
    return undefined
  }
}
