import type { Attack } from '../../support/attack.ts'
import { encryptAssertion } from '../../support/encryption.ts'

export const attack: Attack = {
  misdeed: 'the plaintext is not UTF-8: a library that puts a replacement for what it cannot read makes two names one',
  code: 'decryption_failed',
  forge: ({ ours, parts, assertion, response }) => {
    const p = parts({ nameId: 'andré' })
    const plain = assertion(p)
    return {
      evil: response(p, encryptAssertion(Buffer.from(plain, 'latin1'), ours.publicKey)),
      control: response(p, encryptAssertion(plain, ours.publicKey)),
    }
  },
}
