// The form of an XML signature (saml-core §5.4, xmldsig-core §4): read strictly from one ds:Signature, verified in proof.ts.
// Whatever is not exactly this form is `signature_layout`; whatever is not on our lists is `signature_algorithm`.

import { Problem } from '../problem.ts'
import type { SignatureAlgorithm } from './algorithms.ts'
import { canonicalizationMethods, digestAlgorithms, envelopedSignature, signatureAlgorithms } from './algorithms.ts'
import { decodeBase64 } from './base64.ts'
import { ns } from './names.ts'
import { attribute, type Canonicalization, children, childrenNamed, isNamed, text, type XmlElement } from './xml.ts'

const mostPrefixes = 32

/** What a ds:Signature claims, with its SignedInfo still in the document. */
export interface SignatureClaim {
  signedInfo: XmlElement
  canonicalization: Canonicalization
  algorithm: string
  verification: SignatureAlgorithm
  value: Buffer
  transform: Canonicalization
  digest: string
  digestValue: Buffer
}

/** Reads the signature of the element whose ID is `id`. SHA-1 passes only when `allowSha1`. */
export function readSignature(signature: XmlElement, id: string, allowSha1: boolean): SignatureClaim {
  const parts = children(signature)
  const [signedInfo, signatureValue, keyInfo] = parts
  if (!signedInfo || !isNamed(signedInfo, ns.ds, 'SignedInfo')) throw layout('begins with no SignedInfo')
  if (!signatureValue || !isNamed(signatureValue, ns.ds, 'SignatureValue')) throw layout('has no SignatureValue')
  if (parts.length > 3 || (keyInfo && !isNamed(keyInfo, ns.ds, 'KeyInfo'))) throw layout('holds more than KeyInfo')
  const [method, signatureMethod, reference, ...more] = children(signedInfo)
  if (!method || !isNamed(method, ns.ds, 'CanonicalizationMethod')) throw layout('has no CanonicalizationMethod')
  if (!signatureMethod || !isNamed(signatureMethod, ns.ds, 'SignatureMethod')) throw layout('has no SignatureMethod')
  if (!reference || !isNamed(reference, ns.ds, 'Reference') || more.length > 0) throw layout('has not one Reference')
  const algorithm = algorithmOf(signatureMethod)
  const verification = signatureAlgorithms.get(algorithm)
  if (!verification || (verification.outdated && !allowSha1)) throw unaccepted(algorithm)
  if (children(signatureMethod).length > 0) throw layout('has a SignatureMethod with parameters')
  return {
    signedInfo,
    canonicalization: canonicalization(method),
    algorithm,
    verification,
    value: base64Of(signatureValue),
    ...readReference(reference, id, allowSha1),
  }
}

function readReference(reference: XmlElement, id: string, allowSha1: boolean) {
  if (attribute(reference, 'URI') !== `#${id}`) throw layout('references another element than the one it stands in')
  if (attribute(reference, 'Type') !== undefined) throw layout('references something of another type than an element')
  const [transforms, digestMethod, digestValue, ...more] = children(reference)
  if (!transforms || !isNamed(transforms, ns.ds, 'Transforms')) throw layout('has no Transforms')
  if (!digestMethod || !isNamed(digestMethod, ns.ds, 'DigestMethod')) throw layout('has no DigestMethod')
  if (!digestValue || !isNamed(digestValue, ns.ds, 'DigestValue') || more.length > 0)
    throw layout('has not one DigestValue')
  const [enveloped, last, ...others] = childrenNamed(transforms, ns.ds, 'Transform')
  if (!enveloped || !last || others.length > 0 || children(transforms).length !== 2)
    throw layout('has not two Transforms')
  if (algorithmOf(enveloped) !== envelopedSignature || children(enveloped).length > 0) throw layout('is not enveloped')
  const digestAlgorithm = algorithmOf(digestMethod)
  const digest = digestAlgorithms.get(digestAlgorithm)
  if (!digest || (digest === 'sha1' && !allowSha1)) throw unaccepted(digestAlgorithm)
  if (children(digestMethod).length > 0) throw layout('has a DigestMethod with parameters')
  return { transform: canonicalization(last), digest, digestValue: base64Of(digestValue) }
}

function canonicalization(element: XmlElement): Canonicalization {
  const algorithm = algorithmOf(element)
  const exclusive = canonicalizationMethods.get(algorithm)
  if (exclusive === undefined) throw unaccepted(algorithm)
  const [inclusive, ...more] = children(element)
  if (!inclusive) return { exclusive, inclusivePrefixes: [] }
  const list = isNamed(inclusive, ns.ec, 'InclusiveNamespaces') && children(inclusive).length === 0
  if (!exclusive || more.length > 0 || !list) {
    throw layout('has a canonicalisation with parameters that are not a PrefixList')
  }
  const prefixes = (attribute(inclusive, 'PrefixList') ?? '').split(/[ \t\r\n]+/).filter(prefix => prefix !== '')
  // Every name is looked up at every element, before any key is known to fit.
  if (prefixes.length > mostPrefixes || new Set(prefixes).size < prefixes.length)
    throw layout(`has a PrefixList that repeats a name or has more than ${mostPrefixes}`)
  return { exclusive, inclusivePrefixes: prefixes }
}

function algorithmOf(element: XmlElement): string {
  return attribute(element, 'Algorithm') ?? ''
}

function base64Of(element: XmlElement): Buffer {
  const value = children(element).length === 0 ? decodeBase64(text(element)) : undefined
  if (!value) throw layout(`has a ${element.name} that is not base64`)
  return value
}

function layout(what: string): Problem {
  return new Problem('signature_layout', { detail: `A Signature ${what}.` })
}

function unaccepted(algorithm: string): Problem {
  return new Problem('signature_algorithm', { detail: algorithm })
}
