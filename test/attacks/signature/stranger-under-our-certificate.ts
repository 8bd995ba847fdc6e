import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed:
    'a stranger signs but shows the certificate of the identity provider in KeyInfo, for whoever only compares that',
  code: 'signature_unknown_key',
  forge: ({ stranger, response }) => ({
    evil: response({ signature: { key: stranger.privateKey } }),
    control: response(),
  }),
}
