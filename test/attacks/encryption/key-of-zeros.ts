import type { Attack } from '../../support/attack.ts'
import { encryptAssertion } from '../../support/encryption.ts'
import { changeCipher } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'the encrypted key is all zeros, whose decryption is zero under every RSA key',
  code: 'decryption_failed',
  forge: ({ ours, parts, assertion, response }) => {
    const p = parts()
    const good = response(p, encryptAssertion(assertion(p), ours.publicKey))
    return { evil: changeCipher(good, 'key', key => Buffer.alloc(key.length)), control: good }
  },
}
