import type { Attack } from '../../support/attack.ts'
import { encryptAssertion } from '../../support/encryption.ts'
import { changeCipher } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'the ciphertext is four bytes, shorter than a tag, of which a library may take the length it finds',
  code: 'decryption_failed',
  forge: ({ ours, parts, assertion, response }) => {
    const p = parts()
    const good = response(p, encryptAssertion(assertion(p), ours.publicKey))
    return { evil: changeCipher(good, 'data', data => data.subarray(0, 16)), control: good }
  },
}
