import type { Attack } from '../../support/attack.ts'
import { encryptAssertion } from '../../support/encryption.ts'

export const attack: Attack = {
  misdeed: 'an unsigned assertion is encrypted in a signed Response where this connection wants the assertion signed',
  code: 'signature_missing',
  expected: { requireSigned: 'assertion' },
  forge: ({ ours, parts, assertion, response }) => {
    const p = parts({ sign: 'response' })
    return {
      evil: response(p, encryptAssertion(assertion(p), ours.publicKey)),
      control: response(p, encryptAssertion(assertion({ ...p, sign: 'both' }), ours.publicKey)),
    }
  },
}
