import type { Attack } from '../../support/attack.ts'
import { encryptAssertion } from '../../support/encryption.ts'

export const attack: Attack = {
  misdeed: 'the plaintext is empty, with a good tag',
  code: 'xml_malformed',
  forge: ({ ours, parts, assertion, response }) => {
    const p = parts()
    return {
      evil: response(p, encryptAssertion('', ours.publicKey)),
      control: response(p, encryptAssertion(assertion(p), ours.publicKey)),
    }
  },
}
