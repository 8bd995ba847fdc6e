import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed:
    'a stranger signs; KeyInfo shows the stranger’s certificate first and the trusted one as if it were its issuer',
  code: 'signature_unknown_key',
  forge: ({ idp, stranger, response }) => {
    const keyInfo = chain(stranger.bareCertificate, idp.bareCertificate)
    return {
      evil: response({ signature: { key: stranger.privateKey, keyInfo } }),
      control: response({ signature: { keyInfo } }),
    }
  },
}

const chain = (...certificates: string[]) =>
  `<ds:KeyInfo><ds:X509Data>${certificates.map(one => `<ds:X509Certificate>${one}</ds:X509Certificate>`).join('')}</ds:X509Data></ds:KeyInfo>`
