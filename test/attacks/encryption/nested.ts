import type { Attack } from '../../support/attack.ts'
import { encryptAssertion } from '../../support/encryption.ts'

export const attack: Attack = {
  misdeed: 'what is decrypted is another EncryptedAssertion: layer in layer, each of which costs an RSA operation',
  code: 'response_layout',
  forge: ({ ours, parts, assertion, response }) => {
    const p = parts()
    const once = encryptAssertion(assertion(p), ours.publicKey)
    return { evil: response(p, encryptAssertion(once, ours.publicKey)), control: response(p, once) }
  },
}
