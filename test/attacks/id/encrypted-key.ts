import type { Attack } from '../../support/attack.ts'
import { encryptAssertion } from '../../support/encryption.ts'

export const attack: Attack = {
  misdeed: 'an EncryptedKey takes the ID of the signed Response around it',
  code: ['schema_invalid', 'duplicate_id'],
  forge: ({ response, assertion, ours }) => {
    const encrypted = encryptAssertion(assertion(), ours.publicKey)
    return {
      evil: response({ responseId: '_ek' }, encrypted),
      control: response({ responseId: '_response' }, encrypted),
    }
  },
}
