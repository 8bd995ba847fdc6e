import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'the signature is RSA-SHA256 but its digest is SHA-1: a second assertion of the same digest would pass',
  code: 'signature_algorithm',
  forge: ({ response }) => ({ evil: response({ signature: { digest: 'sha1' } }), control: response() }),
}
