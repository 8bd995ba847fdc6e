import type { Attack } from '../../support/attack.ts'
import { encryptAssertion } from '../../support/encryption.ts'
import { changeCipher } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'the encrypted key is longer than the modulus of ours',
  code: 'decryption_failed',
  forge: ({ ours, parts, assertion, response }) => {
    const p = parts()
    const good = response(p, encryptAssertion(assertion(p), ours.publicKey))
    return { evil: changeCipher(good, 'key', key => Buffer.concat([Buffer.of(0), key])), control: good }
  },
}
