import type { Attack } from '../../support/attack.ts'
import { encryptAssertion } from '../../support/encryption.ts'

export const attack: Attack = {
  misdeed: 'a forger encrypts an unsigned assertion for our public key: that it could be decrypted proves nothing',
  code: 'signature_missing',
  forge: ({ ours, parts, assertion, response }) => {
    const p = parts()
    return {
      evil: response(p, encryptAssertion(assertion({ ...p, sign: 'none' }), ours.publicKey)),
      control: response(p, encryptAssertion(assertion(p), ours.publicKey)),
    }
  },
}
