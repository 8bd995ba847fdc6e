import type { Attack } from '../../support/attack.ts'
import { encryptAssertion, usual } from '../../support/encryption.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed:
    'an AES-GCM ciphertext is named AES-CBC, which turns an authenticated cipher into an oracle for its plaintext (Jager, Paterson and Somorovsky 2013)',
  code: 'encryption_cbc_unsigned',
  forge: ({ ours, parts, assertion, response }) => {
    const p = parts()
    const good = response(p, encryptAssertion(assertion(p), ours.publicKey))
    return { evil: swap(good, usual.data, 'http://www.w3.org/2001/04/xmlenc#aes256-cbc'), control: good }
  },
}
