import type { Attack } from '../../support/attack.ts'
import { encryptAssertion } from '../../support/encryption.ts'
import { changeCipher, flip } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed:
    'one bit of the ciphertext is flipped, which flips the same bit of the assertion where the tag is not checked',
  code: 'decryption_failed',
  forge: ({ ours, parts, assertion, response }) => {
    const p = parts()
    const good = response(p, encryptAssertion(assertion(p), ours.publicKey))
    return { evil: changeCipher(good, 'data', data => flip(data, 40)), control: good }
  },
}
