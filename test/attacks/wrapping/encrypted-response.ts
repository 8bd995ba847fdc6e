import type { Attack } from '../../support/attack.ts'
import { encryptAssertion } from '../../support/encryption.ts'

export const attack: Attack = {
  misdeed:
    'what was encrypted is a whole Response with a signed assertion in it, for whoever starts over with the plaintext',
  code: 'response_layout',
  forge: ({ response, assertion, ours }) => ({
    evil: response({}, encryptAssertion(response(), ours.publicKey)),
    control: response({}, encryptAssertion(assertion(), ours.publicKey)),
  }),
}
