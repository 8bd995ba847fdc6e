import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'a stranger signs and leaves KeyInfo out, so that nothing shows whose key it is',
  code: 'signature_unknown_key',
  forge: ({ stranger, response }) => ({
    evil: response({ signature: { key: stranger.privateKey, keyInfo: '' } }),
    control: response({ signature: { keyInfo: '' } }),
  }),
}
