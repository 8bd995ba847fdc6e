import type { Attack } from '../../support/attack.ts'
import { encryptAssertion } from '../../support/encryption.ts'
import { changeCipher } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'the authentication tag is cut to twelve bytes, a length that GCM knows and XML Encryption does not',
  code: 'decryption_failed',
  forge: ({ ours, parts, assertion, response }) => {
    const p = parts()
    const good = response(p, encryptAssertion(assertion(p), ours.publicKey))
    return { evil: changeCipher(good, 'data', data => data.subarray(0, -4)), control: good }
  },
}
