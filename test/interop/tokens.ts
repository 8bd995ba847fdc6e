// Tokens as Assay mints them, and the workshop in which others are made: every part may be replaced, every key is real, and
// what is not replaced is right. Signed with node:crypto alone, so that nothing is shared with what is tested.

import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'

/** A signing key with its public half as the key set shows it. */
export interface TestKey {
  kid: string
  alg: string
  privateKey: KeyObject
  publicKey: KeyObject
  jwk: object
}

/** What tokens are made of: an issuer's names and keys, and a stranger's keys, which it never published. */
export interface Workshop {
  issuer: string
  audience: string
  es: TestKey
  rs: TestKey
  ed: TestKey
  stranger: { es: TestKey; rs: TestKey }
  /** An address that nobody may ever ask. */
  trap: string
}

/** What is different about a token; a member that is `undefined` is left out of the JSON. */
export interface Change {
  header?: object
  claims?: object
  key?: TestKey
  /** The text of the payload, whatever the claims. */
  payload?: string
  /** Makes the signature over the signing input. */
  signature?: (input: string) => Buffer
}

const makers = {
  ES256: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  RS256: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
  EdDSA: () => generateKeyPairSync('ed25519'),
}

/** A new key; its kid is made from the public half. */
export function testKey(alg: keyof typeof makers): TestKey {
  const { privateKey, publicKey } = makers[alg]()
  const kid = createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('base64url')
  return { kid, alg, privateKey, publicKey, jwk: { ...publicKey.export({ format: 'jwk' }), kid, alg, use: 'sig' } }
}

/** Opens a workshop for the tokens of `issuer`. */
export function openWorkshop(issuer: string): Workshop {
  const stranger = { es: testKey('ES256'), rs: testKey('RS256') }
  const keys = { es: testKey('ES256'), rs: testKey('RS256'), ed: testKey('EdDSA') }
  return { issuer, audience: 'https://api.example', ...keys, stranger, trap: `${issuer}/trap` }
}

/** Seconds since the epoch, `from` now. */
export const seconds = (from = 0): number => Math.floor(Date.now() / 1000) + from

/** The claims of a good access token (RFC 9068 §2.2). */
export function goodClaims({ issuer, audience }: Workshop): Record<string, unknown> {
  const times = { iat: seconds(), exp: seconds(300), auth_time: seconds(-60) }
  const person = { sub: `person-${randomBytes(4).toString('hex')}`, email: 'alice@acme.example', roles: ['admin'] }
  const ours = {
    client_id: 'app',
    jti: randomBytes(16).toString('base64url'),
    sid: randomBytes(16).toString('base64url'),
  }
  return { iss: issuer, aud: audience, ...person, ...ours, tenant: 'acme', connection: 'acme-entra', ...times }
}

/** The octets that a key signs a text with, in the form of JWS (RFC 7518 §3). */
export function signed({ alg, privateKey: key }: TestKey, input: string): Buffer {
  return sign(alg === 'EdDSA' ? null : 'sha256', Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' })
}

/** A text, or an object as JSON, in base64url. */
export const part = (content: object | string): string =>
  Buffer.from(typeof content === 'string' ? content : JSON.stringify(content)).toString('base64url')

/** A good access token but for the change, in compact form. */
export function token(workshop: Workshop, change: Change = {}): string {
  const key = change.key ?? workshop.es
  const header = { alg: key.alg, kid: key.kid, typ: 'at+jwt', ...change.header }
  const claims = { ...goodClaims(workshop), ...change.claims }
  const input = `${part(header)}.${part(change.payload ?? claims)}`
  return `${input}.${(change.signature ?? (text => signed(key, text)))(input).toString('base64url')}`
}

/** A revocation feed that names those sessions, good but for the change. */
export function feed(workshop: Workshop, sids: readonly string[], change: Change = {}): string {
  const claims = { iss: workshop.issuer, iat: seconds(), exp: seconds(120), sids }
  return token(workshop, {
    ...change,
    header: { typ: 'revoked-sessions+jwt', ...change.header },
    payload: JSON.stringify({ ...claims, ...change.claims }),
  })
}
