import type { Attack } from '../../support/attack.ts'
import { encryptAssertion } from '../../support/encryption.ts'

export const attack: Attack = {
  misdeed: 'a Response carries a plain and an encrypted assertion, for whoever proves one and reads the other',
  code: 'response_layout',
  forge: ({ ours, assertion, response }) => ({
    evil: response({}, assertion() + encryptAssertion(assertion({ nameId: 'bob' }), ours.publicKey)),
    control: response({}, encryptAssertion(assertion(), ours.publicKey)),
  }),
}
