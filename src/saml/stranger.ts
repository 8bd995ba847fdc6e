// What an operator is told of a signature that no known key made: which certificate the message names for it. A hint for
// people and nothing else: anybody can put any certificate into a message, and no decision ever reads this text.

import { X509Certificate } from 'node:crypto'
import { decodeBase64 } from './base64.ts'
import { ns } from './names.ts'
import { descendants, isNamed, text, type XmlElement } from './xml.ts'

/** How the text begins where the message names a certificate that we know, but that one's key did not sign. */
export const misnamed = 'not signed by the certificate that it names'

const mostCertificates = 4
const longestCertificate = 16_384
const longestSubject = 200

/** What a ds:KeyInfo says of who signed; `known` are SHA-256 fingerprints (hex) of the certificates that we have. */
export function describeStranger(keyInfo: XmlElement | undefined, known: readonly string[]): string {
  const named = keyInfo ? certificatesIn(keyInfo) : []
  const ours = named.map(sha256Of).find(sha256 => known.includes(sha256))
  if (ours !== undefined) return `${misnamed}, SHA-256 ${fingerprint(ours)}, which we know`
  const [first] = named
  if (!first) return 'signed by a key whose certificate the message does not carry'
  return `signed by a certificate we do not know: SHA-256 ${fingerprint(sha256Of(first))}, ${about(first)}`
}

/** The certificate that a ds:KeyInfo names first, base64 of its DER; undefined where it is one that we have. */
export function strangerCertificate(keyInfo: XmlElement | undefined, known: readonly string[]): string | undefined {
  const [first] = keyInfo ? certificatesIn(keyInfo) : []
  return first && !known.includes(sha256Of(first)) ? first.raw.toString('base64') : undefined
}

/** A SHA-256 fingerprint (hex) in pairs, as consoles and openssl show it. */
export function fingerprint(sha256: string): string {
  return (sha256.match(/../g) ?? []).join(':')
}

function certificatesIn(keyInfo: XmlElement): X509Certificate[] {
  const found: X509Certificate[] = []
  let seen = 0
  for (const element of descendants(keyInfo)) {
    if (!isNamed(element, ns.ds, 'X509Certificate')) continue
    const certificate = parse(text(element))
    if (certificate) found.push(certificate)
    seen += 1
    if (seen === mostCertificates) break
  }
  return found
}

function parse(content: string): X509Certificate | undefined {
  const der = content.length <= longestCertificate ? decodeBase64(content) : undefined
  try {
    return der && new X509Certificate(der)
  } catch {
    return undefined
  }
}

function sha256Of(certificate: X509Certificate): string {
  return certificate.fingerprint256.replaceAll(':', '').toLowerCase()
}

// The subject is a stranger's text: one line, no invisible characters, of bounded length.
function about({ subject, validToDate }: X509Certificate): string {
  const name = (subject ?? '').trim().replaceAll('\n', ', ').replace(/\p{C}/gu, '?').slice(0, longestSubject)
  const until = Number.isNaN(validToDate.getTime()) ? 'a date that is none' : validToDate.toISOString().slice(0, 10)
  return `${name || 'without a subject'}, valid until ${until}`
}
