import type { Attack } from '../../support/attack.ts'
import { encryptAssertion } from '../../support/encryption.ts'
import { changeCipher, flip } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'one bit of the encrypted key is flipped, to learn from the answer how its padding is wrong (Manger 2001)',
  code: 'decryption_failed',
  forge: ({ ours, parts, assertion, response }) => {
    const p = parts()
    const good = response(p, encryptAssertion(assertion(p), ours.publicKey))
    return { evil: changeCipher(good, 'key', key => flip(key, -1)), control: good }
  },
}
