import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'the signature is RSA-SHA1: collisions of SHA-1 can be bought',
  code: 'signature_algorithm',
  forge: ({ response }) => ({ evil: response({ signature: { algorithm: 'rsa-sha1' } }), control: response() }),
}
