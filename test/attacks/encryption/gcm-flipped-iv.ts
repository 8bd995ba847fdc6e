import type { Attack } from '../../support/attack.ts'
import { encryptAssertion } from '../../support/encryption.ts'
import { changeCipher, flip } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'one bit of the initialisation vector is flipped',
  code: 'decryption_failed',
  forge: ({ ours, parts, assertion, response }) => {
    const p = parts()
    const good = response(p, encryptAssertion(assertion(p), ours.publicKey))
    return { evil: changeCipher(good, 'data', data => flip(data, 0)), control: good }
  },
}
