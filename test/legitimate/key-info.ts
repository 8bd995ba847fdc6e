// KeyInfo says whatever a provider likes: it is never believed, so it must never be in the way.

import type { Scene } from '../support/attack.ts'
import { testIdp } from '../support/idp.ts'
import { type Legitimate, wrapped } from '../support/legitimate.ts'

const other = testIdp('https://ca.example')

const x509 = (...content: string[]) => `<ds:X509Data>${content.join('')}</ds:X509Data>`
const certificate = (base64: string) => `<ds:X509Certificate>${base64}</ds:X509Certificate>`

const withKeyInfo = (content: (scene: Scene) => string) => (scene: Scene) =>
  scene.response({ sign: 'both', signature: { keyInfo: `<ds:KeyInfo>${content(scene)}</ds:KeyInfo>` } })

const issuerSerial =
  '<ds:X509IssuerSerial><ds:X509IssuerName>CN=idp.example, O=Acme</ds:X509IssuerName>' +
  '<ds:X509SerialNumber>340282366920938463463374607431768211456</ds:X509SerialNumber></ds:X509IssuerSerial>'

function keyValue({ idp }: Scene): string {
  const { n = '', e = '' } = idp.publicKey.export({ format: 'jwk' })
  const base64 = (url: string) => Buffer.from(url, 'base64url').toString('base64')
  return (
    `<ds:KeyValue><ds:RSAKeyValue><ds:Modulus>${base64(n)}</ds:Modulus>` +
    `<ds:Exponent>${base64(e)}</ds:Exponent></ds:RSAKeyValue></ds:KeyValue>`
  )
}

export const cases: readonly Legitimate[] = [
  {
    sentence: 'KeyInfo is absent',
    response: ({ response }) => response({ sign: 'both', signature: { keyInfo: '' } }),
  },
  {
    sentence: 'the certificate is on one line',
    response: withKeyInfo(({ idp }) => x509(certificate(idp.bareCertificate))),
  },
  {
    sentence: 'the certificate is in lines of 64',
    response: withKeyInfo(({ idp }) => x509(certificate(`\n${wrapped(idp.bareCertificate, 64)}\n`))),
  },
  {
    sentence: 'the certificate is in lines of 76 that end with &#13;',
    response: scene =>
      withKeyInfo(({ idp }) => x509(certificate(wrapped(idp.bareCertificate, 76, '&#xD;\n'))))(scene).replaceAll(
        '&#xD;',
        '&#13;',
      ),
  },
  {
    sentence: 'the certificate is in lines that end with CRLF',
    response: scene =>
      withKeyInfo(({ idp }) => x509(certificate(wrapped(idp.bareCertificate, 64))))(scene).replaceAll('\n', '\r\n'),
  },
  {
    sentence: 'the certificate is indented with tabs and blanks',
    response: withKeyInfo(({ idp }) => x509(certificate(wrapped(idp.bareCertificate, 64, '\n\t    ')))),
  },
  {
    sentence: 'a chain of three certificates is in one X509Data',
    response: withKeyInfo(({ idp, stranger }) =>
      x509(...[idp, stranger, other].map(one => certificate(one.bareCertificate))),
    ),
  },
  {
    sentence: 'a chain begins with its root',
    response: withKeyInfo(({ idp }) => x509(certificate(other.bareCertificate), certificate(idp.bareCertificate))),
  },
  {
    sentence: 'each certificate is in an X509Data of its own',
    response: withKeyInfo(
      ({ idp }) => x509(certificate(idp.bareCertificate)) + x509(certificate(other.bareCertificate)),
    ),
  },
  {
    sentence: 'a subject name stands before the certificate, as Google writes it',
    response: withKeyInfo(({ idp }) =>
      x509(
        '<ds:X509SubjectName>ST=California,CN=Google,OU=Work</ds:X509SubjectName>',
        certificate(idp.bareCertificate),
      ),
    ),
  },
  {
    sentence: 'a key name stands before and the key itself after, as Keycloak writes it',
    response: withKeyInfo(
      scene => `<ds:KeyName>kid-1</ds:KeyName>${x509(certificate(scene.idp.bareCertificate))}${keyValue(scene)}`,
    ),
  },
  {
    sentence: 'issuer and serial number, subject name and key identifier stand without a certificate',
    response: withKeyInfo(() =>
      x509(issuerSerial, '<ds:X509SubjectName>CN=idp</ds:X509SubjectName>', '<ds:X509SKI>AAECAw==</ds:X509SKI>'),
    ),
  },
  { sentence: 'only the key itself is there, as KeyValue', response: withKeyInfo(keyValue) },
  { sentence: 'only a key name is there', response: withKeyInfo(() => '<ds:KeyName>signing-2026</ds:KeyName>') },
  {
    sentence: 'a token reference of WS-Security is there',
    response: withKeyInfo(
      () =>
        '<o:SecurityTokenReference xmlns:o="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd">' +
        '<o:KeyIdentifier>AAECAw==</o:KeyIdentifier></o:SecurityTokenReference>',
    ),
  },
  {
    sentence: 'KeyInfo names another certificate than the one that signed',
    response: withKeyInfo(() => x509(certificate(other.bareCertificate))),
  },
]
