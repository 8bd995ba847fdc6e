import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'a stranger signs, and puts its own certificate into KeyInfo',
  code: 'signature_unknown_key',
  forge: ({ stranger, response }) => ({
    evil: response({ signature: { key: stranger.privateKey, keyInfo: keyInfo(stranger.bareCertificate) } }),
    control: response(),
  }),
}

const keyInfo = (certificate: string) =>
  `<ds:KeyInfo><ds:X509Data><ds:X509Certificate>${certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>`
