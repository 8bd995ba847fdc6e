import type { Attack } from '../../support/attack.ts'
import { encryptAssertion } from '../../support/encryption.ts'

export const attack: Attack = {
  misdeed:
    'the Response takes the ID of the assertion that comes out of the encryption, where only the outer text was checked',
  code: 'duplicate_id',
  forge: ({ response, assertion, ours }) => {
    const encrypted = encryptAssertion(assertion({ assertionId: '_inner' }), ours.publicKey)
    return {
      evil: response({ responseId: '_inner' }, encrypted),
      control: response({ responseId: '_outer' }, encrypted),
    }
  },
}
