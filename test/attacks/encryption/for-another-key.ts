import type { Attack } from '../../support/attack.ts'
import { encryptAssertion } from '../../support/encryption.ts'

export const attack: Attack = {
  misdeed: 'the assertion is encrypted for somebody else’s key, so that only its holder can have read it',
  code: 'decryption_failed',
  forge: ({ ours, stranger, parts, assertion, response }) => {
    const p = parts()
    return {
      evil: response(p, encryptAssertion(assertion(p), stranger.publicKey)),
      control: response(p, encryptAssertion(assertion(p), ours.publicKey)),
    }
  },
}
