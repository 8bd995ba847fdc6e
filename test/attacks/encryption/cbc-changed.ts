import type { Attack } from '../../support/attack.ts'
import { encryptAssertion, usual } from '../../support/encryption.ts'
import { changeCipher, flip } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'the AES-CBC ciphertext under a signed Response is changed: that is seen before anything is decrypted',
  code: 'signature_digest',
  forge: ({ ours, parts, assertion, response }) => {
    const p = parts({ sign: 'response' })
    const good = response(p, encryptAssertion(assertion(p), ours.publicKey, how))
    return { evil: changeCipher(good, 'data', data => flip(data, -17)), control: good }
  },
}

const how = { ...usual, data: 'http://www.w3.org/2001/04/xmlenc#aes256-cbc' }
