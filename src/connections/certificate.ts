// What an IT admin pastes as "Public Certificate" → certificates. Every form that consoles hand out is taken: PEM, bare base64,
// one line or many, several at once. The certificate's own signature, issuer and dates are not judged (metadata interoperability
// profile): the operator's paste is the trust. Only its key must be strong enough.

import { X509Certificate } from 'node:crypto'
import type { Mistake } from '../problem.ts'
import { weakness } from '../saml/algorithms.ts'
import { decodeBase64 } from '../saml/base64.ts'
import type { TrustedKey } from '../saml/proof.ts'

/** A certificate with which an identity provider may sign. `sha256` is the fingerprint of the DER, hex. */
export interface IdpCertificate {
  sha256: string
  pem: string
  subject: string
  not_before: Date
  not_after: Date
}

/** Who vouches for a certificate: an operator who gave it, metadata that states it, an operator who approved an unknown signer. */
export type CertificateSource = 'given' | 'metadata' | 'approved'

/** A certificate that is trusted, and by whose word. */
export interface TrustedCertificate extends IdpCertificate {
  source: CertificateSource
}

/** A certificate that was trusted once. */
export interface RetiredCertificate extends Omit<TrustedCertificate, 'pem'> {
  retired_at: Date
}

const block = /-----BEGIN ([A-Z0-9 ]+)-----([\s\S]*?)-----END \1-----/g

/** Reads one pasted text, which may hold several certificates; answers them or a sentence that says what to paste instead. */
export function readCertificates(pasted: string): IdpCertificate[] | string {
  if (/PRIVATE KEY/.test(pasted)) {
    return 'is a private key. It was not stored. Paste the certificate, and replace that key: it has left its place.'
  }
  if (/<[A-Za-z!?]/.test(pasted)) return 'is XML. Give metadata as metadata_xml.'
  const blocks = [...pasted.matchAll(block)]
  const wrongKind = blocks.find(([, label]) => label !== 'CERTIFICATE' && label !== 'X509 CERTIFICATE')
  if (wrongKind) return `is a ${wrongKind[1]}, not a certificate.`
  const bodies = blocks.length > 0 ? blocks.map(([, , body = '']) => body) : [pasted]
  const read = bodies.map(readOne)
  return read.find(one => typeof one === 'string') ?? read.filter(one => typeof one !== 'string')
}

/** Reads several pasted texts, each certificate once; what cannot be read is put to the mistakes, under the name of its field. */
export function readAllCertificates(
  pasted: readonly string[],
  field: (at: number) => string,
  mistakes: Mistake[],
): IdpCertificate[] {
  const found = new Map<string, IdpCertificate>()
  for (const [at, text] of pasted.entries()) {
    const read = readCertificates(text)
    if (typeof read === 'string') mistakes.push({ field: field(at), message: read })
    else for (const certificate of read) found.set(certificate.sha256, certificate)
  }
  return [...found.values()]
}

function readOne(body: string): IdpCertificate | string {
  const der = decodeBase64(body)
  if (!der) return 'is no base64 of a certificate: part of it may be missing. Copy the whole certificate.'
  const certificate = parse(der)
  if (!certificate) return 'is base64, but not of an X.509 certificate.'
  const weak = weakness(certificate.publicKey)
  if (Number.isNaN(certificate.validFromDate.getTime()) || Number.isNaN(certificate.validToDate.getTime()))
    return 'is a certificate whose dates are none.'
  if (weak !== undefined) return `has ${weak}. Make a new signing certificate at the identity provider.`
  return {
    sha256: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
    pem: certificate.toString(),
    subject: shownSubject(certificate.subject),
    not_before: certificate.validFromDate,
    not_after: certificate.validToDate,
  }
}

const longestSubject = 200

// What a stranger calls itself is shown beside what is trusted: one line of bounded length, in which nothing hides or turns round.
function shownSubject(subject: string | undefined): string {
  return (subject ?? '').replaceAll('\n', ', ').replace(/\p{C}/gu, '?').slice(0, longestSubject)
}

function parse(der: Buffer): X509Certificate | undefined {
  try {
    return new X509Certificate(der)
  } catch {
    return undefined
  }
}

/** The key of a stored certificate, ready to verify with. */
export function trustedKey({ sha256, pem }: IdpCertificate): TrustedKey {
  const certificate = new X509Certificate(pem)
  return { sha256, key: certificate.publicKey, certificate: certificate.raw.toString('base64') }
}

/** How a certificate stands now: its dates are shown, they do not refuse a login. */
export function certificateState(
  { not_before, not_after }: Pick<IdpCertificate, 'not_before' | 'not_after'>,
  now: Date,
): 'active' | 'next' | 'expired' {
  if (now >= not_after) return 'expired'
  return now < not_before ? 'next' : 'active'
}
