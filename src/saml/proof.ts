// The proof: one element that carries its own signature, and the certificates that are trusted for it → the canonical text
// that one of those keys signed. Nothing but this file can make a ProvenXml, and nothing else of a message is read as truth.

import { createHash, type KeyObject, timingSafeEqual, verify } from 'node:crypto'
import { Problem } from '../problem.ts'
import { type SignatureAlgorithm, signatureAlgorithms, weakness } from './algorithms.ts'
import { ns } from './names.ts'
import type { RedirectMessage } from './redirect-binding.ts'
import { readSignature, type SignatureClaim } from './signature.ts'
import { describeStranger, strangerCertificate } from './stranger.ts'
import { attribute, canonicalize, childNamed, childrenNamed, cutOut, remove, withXml, type XmlElement } from './xml.ts'

/** A certificate of the identity provider that is trusted to sign: its SHA-256 fingerprint (hex) and its public key. */
export interface TrustedKey {
  sha256: string
  key: KeyObject
  /** The certificate itself, base64 of its DER. */
  certificate: string
}

declare const proven: unique symbol

const provable = ['Response', 'Assertion', 'LogoutRequest', 'LogoutResponse'] as const

/** Canonical XML that was digested and signed by a trusted key; its signature is already taken out. */
export interface ProvenXml {
  readonly [proven]: true
  /** The canonical text, exactly as it was digested; of a signed query, the text that the query carried. */
  readonly xml: string
  readonly element: (typeof provable)[number]
  readonly id: string
  /** SHA-256 (hex) of the certificate whose key signed. */
  readonly certificate: string
  readonly algorithm: string
}

/** A proof, and what the second opinion needs to reach the same: the element alone, its signature in it but for KeyInfo. */
export interface Proof {
  proven: ProvenXml
  standalone: string
  key: TrustedKey
}

/**
 * Proves an element that carries exactly one signature as a direct child. Every key is tried; KeyInfo is ignored. The element
 * becomes the root of its document and its signature is taken out of it. Throws `signature_layout`, `signature_algorithm`,
 * `signature_unknown_key`, `signature_digest`.
 */
export function prove(element: XmlElement, keys: readonly TrustedKey[], allowSha1: boolean): Proof {
  const id = attribute(element, 'ID')
  const [signature, ...others] = childrenNamed(element, ns.ds, 'Signature')
  if (!id || !signature || others.length > 0)
    throw new Problem('signature_layout', { detail: 'There is not one Signature.' })
  const claim = readSignature(signature, id, allowSha1)
  const keyInfo = childNamed(signature, ns.ds, 'KeyInfo')
  const text = standalone(element, keyInfo)
  const key = signer(claim, keys)
  if (!key) throw unknownKey(keyInfo, keys)
  remove(signature)
  const xml = digested(element, claim)
  const found = { xml, element: elementOf(element), id, certificate: key.sha256, algorithm: claim.algorithm } as const
  return { proven: found as typeof found & ProvenXml, standalone: text, key }
}

function standalone(element: XmlElement, keyInfo: XmlElement | undefined): string {
  if (keyInfo) remove(keyInfo)
  return cutOut(element)
}

/**
 * Proves the message of a signed query (saml-bindings §3.4.4.1): a signature inside the message does not count. Throws
 * `signature_missing`, `signature_algorithm`, `signature_unknown_key`.
 */
export function proveQuery(message: RedirectMessage, keys: readonly TrustedKey[], allowSha1: boolean): ProvenXml {
  const { xml, signature } = message
  if (!signature) throw new Problem('signature_missing', { detail: 'The query has no Signature.' })
  const { octets, algorithm, value } = signature
  const verification = signatureAlgorithms.get(algorithm)
  if (!verification || (verification.outdated && !allowSha1))
    throw new Problem('signature_algorithm', { detail: algorithm })
  const key = keyThatSigned(keys, verification, Buffer.from(octets), value)
  if (!key) throw new Problem('signature_unknown_key', { detail: 'signed by another key, or changed on its way' })
  const { element, id } = withXml(xml, root => ({ element: elementOf(root), id: attribute(root, 'ID') ?? '' }))
  const found = { xml, element, id, certificate: key.sha256, algorithm } as const
  return found as typeof found & ProvenXml
}

function elementOf(root: XmlElement): ProvenXml['element'] {
  return provable.find(name => name === root.name) ?? 'Assertion'
}

/** What was decrypted out of proven XML is proven with it. */
export function derive(from: ProvenXml, plaintext: string): ProvenXml {
  return { ...from, xml: plaintext, element: 'Assertion' }
}

function signer({ signedInfo, ...claim }: SignatureClaim, keys: readonly TrustedKey[]): TrustedKey | undefined {
  const { verification, canonicalization, value } = claim
  const signed = Buffer.from(canonicalize(signedInfo, canonicalization))
  return keyThatSigned(keys, verification, signed, value)
}

function keyThatSigned(
  keys: readonly TrustedKey[],
  { hash, keyType, options }: SignatureAlgorithm,
  signed: Buffer,
  value: Buffer,
): TrustedKey | undefined {
  return keys.find(
    ({ key }) =>
      key.asymmetricKeyType === keyType &&
      weakness(key) === undefined &&
      verify(hash, signed, options ? { key, ...options } : key, value),
  )
}

// Only here is KeyInfo read, when all is decided, for the operator's eyes.
function unknownKey(keyInfo: XmlElement | undefined, keys: readonly TrustedKey[]): Problem {
  const known = keys.map(key => key.sha256)
  const stranger = strangerCertificate(keyInfo, known)
  return new Problem('signature_unknown_key', { detail: describeStranger(keyInfo, known), stranger })
}

function digested(root: XmlElement, claim: SignatureClaim): string {
  const xml = canonicalize(root, claim.transform)
  const digest = createHash(claim.digest).update(xml).digest()
  const same = digest.length === claim.digestValue.length && timingSafeEqual(digest, claim.digestValue)
  if (!same || xml === '') throw new Problem('signature_digest')
  return xml
}
