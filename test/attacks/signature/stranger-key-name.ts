import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'a stranger signs and names the identity provider’s key by KeyName, which proves nothing',
  code: 'signature_unknown_key',
  forge: ({ idp, stranger, response }) => {
    const keyInfo = `<ds:KeyInfo><ds:KeyName>${idp.issuer}</ds:KeyName></ds:KeyInfo>`
    return {
      evil: response({ signature: { key: stranger.privateKey, keyInfo } }),
      control: response({ signature: { keyInfo } }),
    }
  },
}
