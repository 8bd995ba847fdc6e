// The one set of tokens that every backend of examples/backends is tried with. Each bad one is wrong in the one thing that its
// name says. The names stand in examples/backends/README.md.

import { createHmac, type KeyObject, sign } from 'node:crypto'
import { CompactEncrypt } from 'jose'
import { selfSignedCertificate } from '../../src/saml/certificate.ts'
import { goodClaims, part, seconds, signed, type TestKey, token, type Workshop } from './tokens.ts'

/** Makes one token. */
export type Make = (workshop: Workshop) => string | Promise<string>

/** Tokens that a backend takes. */
export const good: Record<string, Make> = {
  es256: w => token(w),
  rs256: w => token(w, { key: w.rs }),
  eddsa: w => token(w, { key: w.ed }),
  'exp-within-leeway': w => token(w, { claims: { exp: seconds(-2) } }),
  'nbf-within-leeway': w => token(w, { claims: { nbf: seconds(2), iat: seconds(2) } }),
  'claims-in-capitals': w => token(w, { claims: { SUB: 'mallory', Sid: 'another', EXP: 0 } }),
  'header-unknown-member': w => token(w, { header: { note: 'unknown members mean nothing' } }),
}

const pem = (key: KeyObject) => key.export({ type: 'spki', format: 'pem' }).toString()
const hmac = (secret: string | Buffer) => (input: string) => createHmac('sha256', secret).update(input).digest()

// Signed by HMAC with something that everybody knows.
const hs256 = (secret: (w: Workshop) => string | Buffer, header: object = {}): Make => {
  return w => token(w, { header: { alg: 'HS256', ...header }, signature: hmac(secret(w)) })
}
const none =
  (alg: string): Make =>
  w =>
    token(w, { header: { alg }, signature: () => Buffer.alloc(0) })

const algorithms: Record<string, Make> = {
  'alg-none': none('none'),
  'alg-none-capital': none('None'),
  'alg-none-capitals': none('NONE'),
  'alg-none-mixed': none('nOnE'),
  'alg-none-signed': w => token(w, { header: { alg: 'none' } }),
  'alg-none-two-parts': async w => (await none('none')(w)).replace(/\.$/, ''),
  'alg-missing': w => token(w, { header: { alg: undefined } }),
  'alg-list': w => token(w, { header: { alg: ['ES256'] } }),
  'alg-lower-case': w => token(w, { header: { alg: 'es256' } }),
  'hs256-pem': hs256(w => pem(w.es.publicKey)),
  'hs256-pem-after-newline': hs256(w => `\n${pem(w.es.publicKey)}`),
  'hs256-pem-rsa': w => token(w, { key: w.rs, header: { alg: 'HS256' }, signature: hmac(pem(w.rs.publicKey)) }),
  'hs256-der': hs256(w => w.es.publicKey.export({ type: 'spki', format: 'der' })),
  'hs256-jwk': hs256(w => JSON.stringify(w.es.jwk)),
  'hs256-empty': hs256(() => ''),
  'hs256-under-es256': hs256(w => pem(w.es.publicKey), { alg: 'ES256' }),
  'ps256-by-rsa-key': w => {
    const pss = (input: string) =>
      sign('sha256', Buffer.from(input), { key: w.rs.privateKey, padding: 6, saltLength: 32 })
    return token(w, { key: w.rs, header: { alg: 'PS256' }, signature: pss })
  },
  'rs512-by-rsa-key': w => {
    const rs512 = (input: string) => sign('sha512', Buffer.from(input), w.rs.privateKey)
    return token(w, { key: w.rs, header: { alg: 'RS512' }, signature: rs512 })
  },
  'rs256-named-with-ec-key': w => token(w, { key: w.rs, header: { kid: w.es.kid } }),
  'es256-named-with-rsa-key': w => token(w, { header: { kid: w.rs.kid } }),
}

// An access token is no ID token, logout token or feed, and the other way round (RFC 9068 §4).
const types: Record<string, Make> = {
  'typ-id-token': w => token(w, { header: { typ: 'JWT' }, claims: { nonce: 'n', at_hash: 'h' } }),
  'typ-logout-token': w => token(w, { header: { typ: 'logout+jwt' } }),
  'typ-feed': w => token(w, { header: { typ: 'revoked-sessions+jwt' } }),
  'typ-missing': w => token(w, { header: { typ: undefined } }),
  'typ-list': w => token(w, { header: { typ: ['at+jwt'] } }),
}

const byStranger = (header: (w: Workshop) => object): Make => {
  return w => token(w, { header: header(w), signature: input => signed(w.stranger.es, input) })
}
const certificateOf = ({ publicKey, privateKey }: TestKey): string => {
  const times = { notBefore: new Date(Date.now() - 86_400_000), notAfter: new Date(Date.now() + 86_400_000) }
  return selfSignedCertificate({ subject: 'x', publicKey, privateKey, serial: Buffer.of(1), ...times })
}

const keys: Record<string, Make> = {
  'kid-unknown': w => token(w, { key: w.stranger.es }),
  'kid-missing': w => token(w, { header: { kid: undefined } }),
  'kid-empty': w => token(w, { header: { kid: '' } }),
  'kid-number': w => token(w, { header: { kid: 0 } }),
  'kid-list': w => token(w, { header: { kid: [w.es.kid] } }),
  'kid-proto': byStranger(() => ({ kid: '__proto__' })),
  'kid-path': hs256(() => '', { kid: '../../../../../../dev/null' }),
  'kid-sql': hs256(() => 'key', { kid: "' union select 'key" }),
  'kid-command': byStranger(w => ({ kid: `|curl ${w.trap}` })),
  'kid-url': byStranger(w => ({ kid: w.trap })),
  jku: byStranger(w => ({ jku: w.trap })),
  'jku-kid-unknown': byStranger(w => ({ jku: w.trap, kid: w.stranger.es.kid })),
  jwk: byStranger(w => ({ jwk: w.stranger.es.jwk })),
  'jwk-kid-unknown': byStranger(w => ({ jwk: w.stranger.es.jwk, kid: w.stranger.es.kid })),
  x5u: byStranger(w => ({ x5u: w.trap })),
  x5c: w => {
    const x5c = [certificateOf(w.stranger.rs).replace(/-----[^-]+-----|\s/g, '')]
    return token(w, { key: w.rs, header: { x5c }, signature: input => signed(w.stranger.rs, input) })
  },
}

const critical: Record<string, Make> = {
  'crit-unknown': w => token(w, { header: { crit: ['policy'], policy: 'strict' } }),
  'crit-empty': w => token(w, { header: { crit: [] } }),
  'crit-null': w => token(w, { header: { crit: null } }),
  'b64-false': w => token(w, { header: { crit: ['b64'], b64: false } }),
  // RFC 7797 to the letter: the payload as it is.
  'b64-false-unencoded': w => {
    const input = `${part({ alg: 'ES256', kid: w.es.kid, typ: 'at+jwt', crit: ['b64'], b64: false })}.${JSON.stringify(goodClaims(w))}`
    return `${input}.${signed(w.es, input).toString('base64url')}`
  },
}

const changed = (at: 0 | 1, change: object): Make => {
  return w => {
    const parts = token(w).split('.')
    parts[at] = part({ ...JSON.parse(Buffer.from(parts[at] ?? '', 'base64url').toString()), ...change })
    return parts.join('.')
  }
}
const signature = (make: (good: Buffer, w: Workshop) => Buffer): Make => {
  return w => token(w, { signature: input => make(signed(w.es, input), w) })
}
// The order of P-256: zero, for whoever does not look.
const order = Buffer.from('ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551', 'hex')

const signatures: Record<string, Make> = {
  'payload-changed': changed(1, { sub: 'mallory' }),
  'header-changed': changed(0, { note: 'added' }),
  'signature-empty': signature(() => Buffer.alloc(0)),
  'signature-of-stranger': byStranger(() => ({})),
  'signature-of-another': w => token(w, { signature: () => signed(w.es, 'another text') }),
  'signature-zeros': signature(() => Buffer.alloc(64)),
  'signature-zero-r': signature(real => Buffer.concat([Buffer.alloc(32), real.subarray(32)])),
  'signature-zero-s': signature(real => Buffer.concat([real.subarray(0, 32), Buffer.alloc(32)])),
  'signature-order': signature(() => Buffer.concat([order, order])),
  'signature-der': w => token(w, { signature: input => sign('sha256', Buffer.from(input), w.es.privateKey) }),
  'signature-stray': w => `${token(w)}!!!!`,
  'signature-short': signature(real => real.subarray(0, 63)),
  'signature-long': signature(real => Buffer.concat([real, Buffer.of(0)])),
  'signature-wide': signature(real =>
    Buffer.concat([Buffer.of(0), real.subarray(0, 32), Buffer.of(0), real.subarray(32)]),
  ),
  'signature-zeros-rsa': w => token(w, { key: w.rs, signature: () => Buffer.alloc(256) }),
  'signature-zeros-eddsa': w => token(w, { key: w.ed, signature: () => Buffer.alloc(64) }),
}

const claim = (claims: object): Make => {
  return w => token(w, { claims })
}

const claims: Record<string, Make> = {
  'iss-other': claim({ iss: 'https://mallory.example' }),
  'iss-slash': w => token(w, { claims: { iss: `${w.issuer}/` } }),
  'iss-list': w => token(w, { claims: { iss: [w.issuer] } }),
  'iss-missing': claim({ iss: undefined }),
  'aud-other': claim({ aud: 'https://other-api.example' }),
  'aud-others': claim({ aud: ['https://other-api.example', 'app'] }),
  'aud-longer': w => token(w, { claims: { aud: `${w.audience}.mallory.example` } }),
  'aud-in-capitals': w => token(w, { claims: { aud: 'app', AUD: w.audience, Aud: w.audience } }),
  'aud-missing': claim({ aud: undefined }),
  'exp-past': claim({ exp: seconds(-60) }),
  'exp-text': w => token(w, { claims: { exp: String(seconds(300)) } }),
  'exp-null': claim({ exp: null }),
  'exp-missing': claim({ exp: undefined }),
  'nbf-future': w => token(w, { claims: { nbf: seconds(60) } }),
  'nbf-text': claim({ nbf: '0' }),
  'nbf-null': claim({ nbf: null }),
  'sub-missing': claim({ sub: undefined }),
  'sub-empty': claim({ sub: '' }),
  'sub-number': claim({ sub: 7 }),
  'sid-missing': claim({ sid: undefined }),
  'sid-number': claim({ sid: 7 }),
  'payload-list': w => token(w, { payload: JSON.stringify([goodClaims(w)]) }),
  'payload-no-json': w => token(w, { payload: 'alice' }),
}

const forms: Record<string, Make> = {
  // Encrypted for our own public key, with a good token in it.
  jwe: w =>
    new CompactEncrypt(Buffer.from(token(w)))
      .setProtectedHeader({ alg: 'RSA-OAEP-256', enc: 'A256GCM', kid: w.rs.kid, typ: 'at+jwt', cty: 'JWT' })
      .encrypt(w.rs.publicKey),
  'four-parts': w => `${token(w)}.AAAA`,
  'two-tokens': w => `${token(w)} ${token(w)}`,
  'json-form': w => {
    const [header = '', payload, mark] = token(w).split('.')
    return JSON.stringify({ payload, signatures: [{ protected: header, signature: mark }] })
  },
  'with-bearer': w => `Bearer ${token(w)}`,
  nothing: () => '',
}

/** Tokens that a backend refuses. */
export const bad = {
  ...{ ...algorithms, ...types, ...keys, ...critical },
  ...{ ...signatures, ...claims, ...forms },
}
