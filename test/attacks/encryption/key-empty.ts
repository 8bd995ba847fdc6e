import type { Attack } from '../../support/attack.ts'
import { encryptAssertion } from '../../support/encryption.ts'
import { changeCipher } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'the encrypted key is empty',
  code: 'encryption_layout',
  forge: ({ ours, parts, assertion, response }) => {
    const p = parts()
    const good = response(p, encryptAssertion(assertion(p), ours.publicKey))
    return { evil: changeCipher(good, 'key', () => Buffer.alloc(0)), control: good }
  },
}
