import type { Attack } from '../../support/attack.ts'
import { encryptAssertion, usual } from '../../support/encryption.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed:
    'a key of 128 bits is named aes256-gcm: a library that goes by the key’s length decrypts weaker than is said',
  code: 'decryption_failed',
  forge: ({ ours, parts, assertion, response }) => {
    const p = parts()
    const short = 'http://www.w3.org/2009/xmlenc11#aes128-gcm'
    const good = response(p, encryptAssertion(assertion(p), ours.publicKey, { ...usual, data: short }))
    return { evil: swap(good, short, usual.data), control: good }
  },
}
