// What we accept: one table a kind, everything else is refused by name. Pure lookups over node:crypto's names.

import { constants, type KeyObject } from 'node:crypto'
import { ns } from './names.ts'

const more = 'http://www.w3.org/2001/04/xmldsig-more#'
const more2007 = 'http://www.w3.org/2007/05/xmldsig-more#'
const c14n = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315'

/** How node:crypto verifies one signature algorithm: the hash, the key type, and the form of the signature. */
export interface SignatureAlgorithm {
  hash: string
  keyType: 'rsa' | 'ec'
  options: { padding?: number; saltLength?: number; dsaEncoding?: 'ieee-p1363' } | undefined
  /** SHA-1: only until a date that a connection states. */
  outdated?: true
}

const pkcs1 = (hash: string): SignatureAlgorithm => ({ hash, keyType: 'rsa', options: undefined })
const ecdsa = (hash: string): SignatureAlgorithm => ({ hash, keyType: 'ec', options: { dsaEncoding: 'ieee-p1363' } })
const pss = (hash: string): SignatureAlgorithm => ({
  hash,
  keyType: 'rsa',
  options: { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST },
})

/** Signature algorithms (xmldsig-core §6.4, RFC 6931, RFC 9231). */
export const signatureAlgorithms = new Map<string, SignatureAlgorithm>([
  [`${more}rsa-sha256`, pkcs1('sha256')],
  [`${more}rsa-sha384`, pkcs1('sha384')],
  [`${more}rsa-sha512`, pkcs1('sha512')],
  [`${more}ecdsa-sha256`, ecdsa('sha256')],
  [`${more}ecdsa-sha384`, ecdsa('sha384')],
  [`${more}ecdsa-sha512`, ecdsa('sha512')],
  [`${more2007}sha256-rsa-MGF1`, pss('sha256')],
  [`${more2007}sha384-rsa-MGF1`, pss('sha384')],
  [`${more2007}sha512-rsa-MGF1`, pss('sha512')],
  [`${ns.ds}rsa-sha1`, { ...pkcs1('sha1'), outdated: true }],
])

/** Digest algorithms: identifier → node:crypto's name; SHA-1 only where the connection still allows it. */
export const digestAlgorithms = new Map<string, string>([
  [`${ns.xenc}sha256`, 'sha256'],
  [`${more}sha384`, 'sha384'],
  [`${ns.xenc}sha512`, 'sha512'],
  [`${ns.ds}sha1`, 'sha1'],
])

/** Canonicalisation methods: identifier → whether it is exclusive. Comments never occur, so both forms are one. */
export const canonicalizationMethods = new Map<string, boolean>([
  [ns.ec, true],
  [`${ns.ec}WithComments`, true],
  [c14n, false],
  [`${c14n}#WithComments`, false],
])

/** The one transform beside canonicalisation (saml-core §5.4.4). */
export const envelopedSignature = `${ns.ds}enveloped-signature`

/** The algorithm with which we sign, everywhere. */
export const rsaSha256 = `${more}rsa-sha256`

/** Why a key is too weak for us, or undefined: RSA from 2048 bits, EC on P-256, P-384 or P-521. */
export function weakness(key: KeyObject): string | undefined {
  const { modulusLength, namedCurve } = key.asymmetricKeyDetails ?? {}
  if (key.asymmetricKeyType === 'rsa') {
    return (modulusLength ?? 0) >= 2048 ? undefined : `an RSA key of ${modulusLength} bits; at least 2048 are needed`
  }
  if (key.asymmetricKeyType === 'ec') {
    const known = ['prime256v1', 'secp384r1', 'secp521r1'].includes(namedCurve ?? '')
    return known ? undefined : `an EC key on ${namedCurve}; use P-256, P-384 or P-521`
  }
  return `a key of type ${key.asymmetricKeyType}; use RSA or EC`
}
