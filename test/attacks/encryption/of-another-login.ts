import type { Attack } from '../../support/attack.ts'
import { encryptAssertion } from '../../support/encryption.ts'

export const attack: Attack = {
  misdeed: 'a ciphertext caught from another person’s login is put into the answer to the attacker’s own',
  code: 'subject_confirmation',
  forge: ({ ours, parts, assertion, response }) => {
    const p = parts()
    const caught = encryptAssertion(assertion({ inResponseTo: '_of-another-login' }), ours.publicKey)
    return { evil: response(p, caught), control: response(p, encryptAssertion(assertion(p), ours.publicKey)) }
  },
}
