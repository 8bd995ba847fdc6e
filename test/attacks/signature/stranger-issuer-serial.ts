import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed:
    'a stranger signs and points at the trusted certificate by issuer and serial number, beside its own certificate',
  code: 'signature_unknown_key',
  forge: ({ idp, stranger, response }) => {
    const name = `<ds:X509IssuerName>CN=${idp.issuer}</ds:X509IssuerName><ds:X509SerialNumber>1</ds:X509SerialNumber>`
    const pointer = `<ds:X509IssuerSerial>${name}</ds:X509IssuerSerial>`
    const own = `<ds:X509Certificate>${stranger.bareCertificate}</ds:X509Certificate>`
    const keyInfo = `<ds:KeyInfo><ds:X509Data>${pointer}${own}</ds:X509Data></ds:KeyInfo>`
    return { evil: response({ signature: { key: stranger.privateKey, keyInfo } }), control: response() }
  },
}
