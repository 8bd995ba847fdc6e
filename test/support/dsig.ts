// XML signatures written as text, every part of them open to a test. What is digested and what is signed is given as text that is
// canonical already, so that no canonicaliser is shared with what is tested; node:crypto does the rest.

import { constants, createHash, type KeyObject, sign } from 'node:crypto'
import type { TestIdp } from './idp.ts'

const dsig = 'http://www.w3.org/2000/09/xmldsig#'
const more = 'http://www.w3.org/2001/04/xmldsig-more#'
const more2007 = 'http://www.w3.org/2007/05/xmldsig-more#'
const xenc = 'http://www.w3.org/2001/04/xmlenc#'

/** Identifiers that signatures name. */
export const ids = {
  enveloped: `${dsig}enveloped-signature`,
  exclusive: 'http://www.w3.org/2001/10/xml-exc-c14n#',
  inclusive: 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315',
  digest: { sha1: `${dsig}sha1`, sha256: `${xenc}sha256`, sha384: `${more}sha384`, sha512: `${xenc}sha512` },
  signature: {
    'rsa-sha1': `${dsig}rsa-sha1`,
    'rsa-sha256': `${more}rsa-sha256`,
    'rsa-sha384': `${more}rsa-sha384`,
    'rsa-sha512': `${more}rsa-sha512`,
    'ecdsa-sha256': `${more}ecdsa-sha256`,
    'ecdsa-sha384': `${more}ecdsa-sha384`,
    'ecdsa-sha512': `${more}ecdsa-sha512`,
    'pss-sha256': `${more2007}sha256-rsa-MGF1`,
    'pss-sha384': `${more2007}sha384-rsa-MGF1`,
    'pss-sha512': `${more2007}sha512-rsa-MGF1`,
  },
} as const

/** A hash by node:crypto's name. */
export type Hash = keyof typeof ids.digest

/** A signature algorithm by its short name. */
export type SignatureName = keyof typeof ids.signature

/** How a signature is made; whatever is left out is what most providers do. */
export interface SignatureOptions {
  key?: KeyObject
  algorithm?: SignatureName
  digest?: Hash
  /** The digested text; by default the canonical text that is given. */
  digested?: string
  /** The Reference's URI; by default `#` and the ID. */
  uri?: string
  /** The content of Transforms, canonical as written. */
  transforms?: string
  /** The CanonicalizationMethod element, canonical as written. */
  method?: string
  /** The whole KeyInfo element; by default the certificate; '' for none. */
  keyInfo?: string
  /** Changes the SignedInfo before it is signed: a forger who holds the key. */
  signedInfo?: (text: string) => string
  /** Changes the Signature after it was made: a forger who does not. */
  after?: (text: string) => string
  /** The namespace prefix of the signature's elements, with '' for a default namespace. */
  prefix?: string
  /** Namespace declarations in scope of the SignedInfo where its canonicalisation is inclusive, as canonical XML lists them. */
  inherited?: string
}

/** A Signature element over an element whose canonical text (without its Signature) is `canonical`. */
export function signatureOf(idp: TestIdp, canonical: string, id: string, options: SignatureOptions = {}): string {
  const { algorithm = 'rsa-sha256', digest = 'sha256', prefix = 'ds', after = text => text } = options
  const p = prefix === '' ? '' : `${prefix}:`
  const declaration = prefix === '' ? ` xmlns="${dsig}"` : ` xmlns:${prefix}="${dsig}"`
  const digestValue = createHash(digest)
    .update(options.digested ?? canonical)
    .digest('base64')
  const exclusive = `Algorithm="${ids.exclusive}"`
  const transforms =
    options.transforms ??
    `<${p}Transform Algorithm="${ids.enveloped}"></${p}Transform><${p}Transform ${exclusive}></${p}Transform>`
  const method = options.method ?? `<${p}CanonicalizationMethod ${exclusive}></${p}CanonicalizationMethod>`
  const change = options.signedInfo ?? ((text: string) => text)
  const content = change(
    `${method}<${p}SignatureMethod Algorithm="${ids.signature[algorithm]}"></${p}SignatureMethod>` +
      `<${p}Reference URI="${options.uri ?? `#${id}`}"><${p}Transforms>${transforms}</${p}Transforms>` +
      `<${p}DigestMethod Algorithm="${ids.digest[digest]}"></${p}DigestMethod><${p}DigestValue>${digestValue}</${p}DigestValue></${p}Reference>`,
  )
  const signed = `<${p}SignedInfo${options.inherited ?? declaration}>${content}</${p}SignedInfo>`
  const value = signatureValue(signed, options.key ?? idp.privateKey, algorithm).toString('base64')
  const certificate = `<${p}X509Data><${p}X509Certificate>${idp.bareCertificate}</${p}X509Certificate></${p}X509Data>`
  const keyInfo = options.keyInfo ?? `<${p}KeyInfo>${certificate}</${p}KeyInfo>`
  return after(
    `<${p}Signature${declaration}><${p}SignedInfo>${content}</${p}SignedInfo><${p}SignatureValue>${value}</${p}SignatureValue>${keyInfo}</${p}Signature>`,
  )
}

/** The signature of a text by one of the algorithms. */
export function signatureValue(text: string, key: KeyObject, algorithm: SignatureName): Buffer {
  const [family, hash = 'sha256'] = algorithm.split('-')
  if (family === 'ecdsa') return sign(hash, Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' })
  if (family !== 'pss') return sign(hash, Buffer.from(text), key)
  const padding = constants.RSA_PKCS1_PSS_PADDING
  return sign(hash, Buffer.from(text), { key, padding, saltLength: constants.RSA_PSS_SALTLEN_DIGEST })
}
