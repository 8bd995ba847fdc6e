import type { Attack } from '../../support/attack.ts'
import { encryptAssertion, usual } from '../../support/encryption.ts'

export const attack: Attack = {
  misdeed: 'the key is wrapped by RSA 1.5, whose padding answers questions (Bleichenbacher 1998)',
  code: 'encryption_algorithm',
  forge: ({ ours, parts, assertion, response }) => {
    const p = parts({ sign: 'both' })
    const how = { ...usual, transport: 'http://www.w3.org/2001/04/xmlenc#rsa-1_5' }
    return {
      evil: response(p, encryptAssertion(assertion(p), ours.publicKey, how)),
      control: response(p, encryptAssertion(assertion(p), ours.publicKey)),
    }
  },
}
