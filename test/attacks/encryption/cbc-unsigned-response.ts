import type { Attack } from '../../support/attack.ts'
import { encryptAssertion, usual } from '../../support/encryption.ts'

export const attack: Attack = {
  misdeed:
    'AES-CBC under a Response that nobody signed: anybody may change the ciphertext and watch the answers (padding oracle)',
  code: 'encryption_cbc_unsigned',
  forge: ({ ours, parts, assertion, response }) => {
    const p = parts({ sign: 'both' })
    const cbc = encryptAssertion(assertion(p), ours.publicKey, how)
    return { evil: response({ ...p, sign: 'assertion' }, cbc), control: response(p, cbc) }
  },
}

const how = { ...usual, data: 'http://www.w3.org/2001/04/xmlenc#aes256-cbc' }
