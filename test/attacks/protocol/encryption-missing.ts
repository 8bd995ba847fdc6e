import type { Attack } from '../../support/attack.ts'
import { encryptAssertion } from '../../support/encryption.ts'

export const attack: Attack = {
  misdeed: 'a plain assertion is posted where this connection wants it encrypted',
  code: 'encryption_missing',
  expected: { requireEncrypted: true },
  forge: ({ ours, assertion, response }) => ({
    evil: response(),
    control: response({}, encryptAssertion(assertion(), ours.publicKey)),
  }),
}
