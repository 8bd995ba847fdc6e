import type { Attack } from '../../support/attack.ts'
import { encryptAssertion, usual } from '../../support/encryption.ts'

export const attack: Attack = {
  misdeed: 'AES-CBC under a Response that a stranger signed: it must be verified before anything is decrypted',
  code: 'signature_unknown_key',
  forge: ({ ours, stranger, parts, assertion, response }) => {
    const p = parts({ sign: 'both' })
    const cbc = encryptAssertion(assertion(p), ours.publicKey, how)
    return { evil: response({ ...p, signature: { key: stranger.privateKey } }, cbc), control: response(p, cbc) }
  },
}

const how = { ...usual, data: 'http://www.w3.org/2001/04/xmlenc#aes256-cbc' }
