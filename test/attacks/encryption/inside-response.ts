import type { Attack } from '../../support/attack.ts'
import { encryptAssertion } from '../../support/encryption.ts'

export const attack: Attack = {
  misdeed: 'the plaintext is a whole signed Response of its own, with an assertion in it',
  code: 'response_layout',
  forge: ({ ours, parts, assertion, response }) => {
    const p = parts()
    return {
      evil: response(p, encryptAssertion(response({ sign: 'response' }), ours.publicKey)),
      control: response(p, encryptAssertion(assertion(p), ours.publicKey)),
    }
  },
}
