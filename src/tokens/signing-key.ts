// The seal's noun: a key that signs JWTs. Its public half is published before it signs and until its last token has expired; its
// private half exists only in memory and sealed at rest. This room hands on tokens and a key set; it never sees an assertion.

import { type CryptoKey, calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose'

/** The algorithms that TOKEN_ALG may name (RFC 7518, RFC 8037). */
export type TokenAlg = 'ES256' | 'RS256' | 'EdDSA'

/** A signing key as it is kept: everything but the private half, which is sealed beside it. */
export interface KeyRecord {
  kid: string
  alg: TokenAlg
  public_jwk: JWK
  created_at: Date
  signs_from: Date
  signs_until: Date | null
  published_until: Date | null
}

/** A signing key, ready to sign. */
export interface SigningKey extends KeyRecord {
  privateKey: CryptoKey
}

/** Makes a key that signs from `now` on; its kid is the thumbprint (RFC 7638). Answers the private half as a JWK too. */
export async function makeSigningKey(alg: TokenAlg, now: Date): Promise<{ record: KeyRecord; privateJwk: JWK }> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true })
  const publicJwk = await exportJWK(publicKey)
  const kid = await calculateJwkThumbprint(publicJwk)
  const record = {
    kid,
    alg,
    public_jwk: { ...publicJwk, kid, alg, use: 'sig' },
    created_at: now,
    signs_from: now,
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

/** The key that signs at `now`: the newest of the algorithm whose time has come. */
export function currentKey(keys: readonly SigningKey[], alg: TokenAlg, now: Date): SigningKey | undefined {
  const able = keys.filter(
    key => key.alg === alg && key.signs_from <= now && (key.signs_until === null || now < key.signs_until),
  )
  return able.sort((a, b) => b.signs_from.getTime() - a.signs_from.getTime())[0]
}

/** The public key set at `now` (RFC 7517 §5). */
export function publicKeys(keys: readonly KeyRecord[], now: Date): { keys: JWK[] } {
  const published = keys.filter(key => key.published_until === null || now < key.published_until)
  return { keys: published.map(key => key.public_jwk) }
}
