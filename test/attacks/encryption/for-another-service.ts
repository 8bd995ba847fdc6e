import type { Attack } from '../../support/attack.ts'
import { encryptAssertion } from '../../support/encryption.ts'

export const attack: Attack = {
  misdeed: 'another service decrypts an assertion that was meant for it and encrypts it again for us',
  code: 'audience_mismatch',
  forge: ({ ours, parts, assertion, response }) => {
    const p = parts()
    const theirs = assertion({ ...p, audience: 'https://other.example/metadata' })
    return {
      evil: response(p, encryptAssertion(theirs, ours.publicKey)),
      control: response(p, encryptAssertion(assertion(p), ours.publicKey)),
    }
  },
}
