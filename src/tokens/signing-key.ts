// The seal's noun: a key that signs JWTs. Its public half is published before it signs and until its last token has expired; its
// private half exists only in memory and sealed at rest. This room hands on tokens and a key set; it never sees an assertion.

import { type CryptoKey, calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose'

/** The algorithms that TOKEN_ALG may name (RFC 7518, RFC 8037). */
export type TokenAlg = 'ES256' | 'RS256' | 'EdDSA'

/** When a key signs and until when it is published; no end yet: null, both or none. */
export interface KeyTimes {
  kid: string
  signs_from: Date
  signs_until: Date | null
  published_until: Date | null
}

/** A signing key as it is kept: everything but the private half, which is sealed beside it. Published from the moment it is kept. */
export interface KeyRecord extends KeyTimes {
  alg: TokenAlg
  public_jwk: JWK
  created_at: Date
}

/** A signing key, ready to sign. */
export interface SigningKey extends KeyRecord {
  privateKey: CryptoKey
}

/** Where a key is in its life. */
export type KeyState = 'next' | 'current' | 'retired' | 'forgotten'

/** Makes a key that signs from `signsFrom` on; its kid is the thumbprint (RFC 7638). Answers the private half as a JWK too. */
export async function makeSigningKey(
  alg: TokenAlg,
  now: Date,
  signsFrom: Date,
): Promise<{ record: KeyRecord; privateJwk: JWK }> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true })
  const publicJwk = await exportJWK(publicKey)
  const kid = await calculateJwkThumbprint(publicJwk)
  const record = {
    kid,
    alg,
    public_jwk: { ...publicJwk, kid, alg, use: 'sig' },
    created_at: now,
    signs_from: signsFrom,
    signs_until: null,
    published_until: null,
  }
  return { record, privateJwk: await exportJWK(privateKey) }
}

/** A kept key with its private half opened. */
export async function openSigningKey(record: KeyRecord, privateJwk: JWK): Promise<SigningKey> {
  const privateKey = (await importJWK(privateJwk, record.alg)) as CryptoKey
  return { ...record, privateKey }
}

/** Where a key is in its life at `now`. */
export function keyState({ signs_from, signs_until, published_until }: KeyTimes, now: Date): KeyState {
  if (published_until !== null && published_until <= now) return 'forgotten'
  if (signs_until !== null && signs_until <= now) return 'retired'
  return signs_from <= now ? 'current' : 'next'
}

/** The key that signs at `now`, whatever its algorithm: the newest whose time has come. */
export function currentKey<Key extends KeyTimes>(keys: readonly Key[], now: Date): Key | undefined {
  const able = keys.filter(key => keyState(key, now) === 'current')
  return able.sort((a, b) => b.signs_from.getTime() - a.signs_from.getTime())[0]
}

/** The public key set at `now` (RFC 7517 §5). */
export function publicKeys(keys: readonly KeyRecord[], now: Date): { keys: JWK[] } {
  return { keys: keys.filter(key => keyState(key, now) !== 'forgotten').map(key => key.public_jwk) }
}
