// Self-signed X.509 certificates: the envelope in which SAML metadata and KeyInfo carry a public key. Nobody builds a path
// to one of these; partners pin the key inside. Written straight in DER, as there is nothing here but one fixed shape.

import { createHash, type KeyObject, sign } from 'node:crypto'

/** What goes into a certificate: common name (1 to 64 characters), RSA key pair, serial number (at most 20 octets), validity. */
export interface CertificateRequest {
  subject: string
  publicKey: KeyObject
  privateKey: KeyObject
  serial: Uint8Array
  notBefore: Date
  notAfter: Date
}

const tags = {
  integer: 2,
  bitString: 3,
  octetString: 4,
  null: 5,
  oid: 6,
  utf8: 12,
  sequence: 48,
  set: 49,
  utcTime: 23,
  generalizedTime: 24,
  explicit0: 160,
  explicit3: 163,
}
const commonName = oid('550403') // 2.5.4.3
const subjectKeyIdentifier = oid('551d0e') // 2.5.29.14
const sha256WithRsa = der(tags.sequence, oid('2a864886f70d01010b'), der(tags.null)) // 1.2.840.113549.1.1.11

/** A self-signed version 3 certificate in PEM (RFC 5280 §4.1), sha256WithRSAEncryption; a RangeError for what cannot be written. */
export function selfSignedCertificate(request: CertificateRequest): string {
  const body = tbsCertificate(request)
  const signature = sign('sha256', body, request.privateKey)
  const certificate = der(tags.sequence, body, sha256WithRsa, bits(signature)).toString('base64')
  const lines = certificate.match(/.{1,64}/g) ?? []
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n')
}

function tbsCertificate({ subject, publicKey, privateKey, serial, notBefore, notAfter }: CertificateRequest): Buffer {
  if (publicKey.asymmetricKeyType !== 'rsa' || privateKey.asymmetricKeyType !== 'rsa')
    throw new RangeError('The key is not RSA')
  if (!(notBefore < notAfter)) throw new RangeError('The certificate would never be valid')
  const name = distinguishedName(subject)
  const version = der(tags.explicit0, der(tags.integer, Buffer.of(2)))
  const validity = der(tags.sequence, time(notBefore), time(notAfter))
  const key = publicKey.export({ type: 'spki', format: 'der' })
  return der(
    tags.sequence,
    version,
    serialNumber(serial),
    sha256WithRsa,
    name,
    validity,
    name,
    key,
    extensions(publicKey),
  )
}

function distinguishedName(subject: string): Buffer {
  const length = [...subject].length
  if (length < 1 || length > 64) throw new RangeError('A common name has 1 to 64 characters')
  return der(tags.sequence, der(tags.set, der(tags.sequence, commonName, der(tags.utf8, Buffer.from(subject)))))
}

/** RFC 5280 §4.1.2.2: positive, at most 20 octets; leading zeros dropped, one put back where the sign bit would be set. */
function serialNumber(serial: Uint8Array): Buffer {
  const first = serial.findIndex(byte => byte !== 0)
  if (first === -1) throw new RangeError('A serial number is positive')
  const digits = Buffer.from(serial.subarray(first))
  const octets = (digits[0] ?? 0) & 0x80 ? Buffer.concat([Buffer.of(0), digits]) : digits
  if (octets.length > 20) throw new RangeError('A serial number has at most 20 octets')
  return der(tags.integer, octets)
}

/** RFC 5280 §4.1.2.5: UTCTime through 2049, GeneralizedTime from 2050; whole seconds, Z. */
function time(date: Date): Buffer {
  const year = date.getUTCFullYear()
  if (!(year >= 1950 && year <= 9999)) throw new RangeError('A certificate’s time lies between 1950 and 9999')
  const digits = `${date.toISOString().slice(0, 19).replace(/\D/g, '')}Z`
  return year < 2050 ? der(tags.utcTime, Buffer.from(digits.slice(2))) : der(tags.generalizedTime, Buffer.from(digits))
}

/** The subject key identifier alone (RFC 7093 §2, method 1): the leftmost 160 bits of the key's SHA-256. */
function extensions(publicKey: KeyObject): Buffer {
  const digest = createHash('sha256')
    .update(publicKey.export({ type: 'pkcs1', format: 'der' }))
    .digest()
    .subarray(0, 20)
  const value = der(tags.octetString, der(tags.octetString, digest))
  return der(tags.explicit3, der(tags.sequence, der(tags.sequence, subjectKeyIdentifier, value)))
}

function bits(octets: Buffer): Buffer {
  return der(tags.bitString, Buffer.of(0), octets)
}

function oid(hex: string): Buffer {
  return der(tags.oid, Buffer.from(hex, 'hex'))
}

/** One DER value: tag, shortest definite length, contents (X.690 §10.1). */
function der(tag: number, ...contents: Buffer[]): Buffer {
  const body = Buffer.concat(contents)
  const length = lengthOctets(body.length)
  return Buffer.concat([Buffer.of(tag), length, body])
}

function lengthOctets(length: number): Buffer {
  if (length < 128) return Buffer.of(length)
  const hex = length.toString(16)
  const octets = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex')
  return Buffer.concat([Buffer.of(0x80 | octets.length), octets])
}
