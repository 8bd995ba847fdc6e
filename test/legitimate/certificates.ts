// Certificates come and go: pinned, several at a time, and their dates are not asked.

import { selfSignedCertificate } from '../../src/saml/certificate.ts'
import { assertionXml, responseXml, type TestIdp, testIdp } from '../support/idp.ts'
import { trustIn } from '../support/judging.ts'
import type { Legitimate } from '../support/legitimate.ts'
import { rsaPair } from '../support/rsa.ts'

const day = 86_400_000
const next = testIdp()

function dated(from: number, until: number): TestIdp {
  const { privateKey, publicKey } = rsaPair()
  const serial = Buffer.from('02', 'hex')
  const dates = { notBefore: new Date(Date.now() + from * day), notAfter: new Date(Date.now() + until * day) }
  const certificate = selfSignedCertificate({ subject: 'idp', publicKey, privateKey, serial, ...dates })
  const bareCertificate = certificate.replace(/-----[^-]+-----|\s/g, '')
  return { issuer: next.issuer, privateKey, publicKey, certificate, bareCertificate }
}

const expired = dated(-400, -30)
const future = dated(30, 400)

const signedBy =
  (idp: TestIdp, keyInfo?: ''): Legitimate['response'] =>
  ({ parts }) =>
    responseXml(idp, parts({ sign: 'both', signature: keyInfo === undefined ? {} : { keyInfo } }))

export const cases: readonly Legitimate[] = [
  {
    sentence: 'the second of two trusted certificates signs',
    response: signedBy(next),
    trust: ({ idp }) => ({ keys: [...trustIn(idp).keys, ...trustIn(next).keys] }),
  },
  {
    sentence: 'the second of two trusted certificates signs, and there is no KeyInfo',
    response: signedBy(next, ''),
    trust: ({ idp }) => ({ keys: [...trustIn(idp).keys, ...trustIn(next).keys] }),
  },
  {
    sentence: 'the last of four trusted certificates signs, and there is no KeyInfo',
    response: signedBy(next, ''),
    trust: ({ idp, stranger }) => ({ keys: [idp, stranger, expired, next].flatMap(one => trustIn(one).keys) }),
  },
  {
    sentence: 'Response and Assertion are signed by two trusted certificates, in the middle of a change',
    response: ({ response, parts, idp }) => {
      const { privateKey: key, bareCertificate } = next
      const keyInfo = `<ds:KeyInfo><ds:X509Data><ds:X509Certificate>${bareCertificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>`
      const signed = parts({ sign: 'assertion', signature: { key, keyInfo } })
      return response({ sign: 'response' }, assertionXml(idp, signed))
    },
    trust: ({ idp }) => ({ keys: [...trustIn(idp).keys, ...trustIn(next).keys] }),
  },
  {
    sentence: 'the certificate expired a month ago: the key is trusted, not the date',
    response: signedBy(expired),
    trust: () => trustIn(expired),
  },
  {
    sentence: 'the certificate is valid from next month only',
    response: signedBy(future),
    trust: () => trustIn(future),
  },
]
