import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'a stranger signs with RSA-SHA1, at a connection that still allows it',
  code: 'signature_unknown_key',
  trust: { allowSha1: true },
  forge: ({ stranger, response }) => ({
    evil: response({ signature: { algorithm: 'rsa-sha1', key: stranger.privateKey } }),
    control: response({ signature: { algorithm: 'rsa-sha1' } }),
  }),
}
