import type { Attack } from '../../support/attack.ts'
import { encryptAssertion, usual } from '../../support/encryption.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'the encrypted key is to be read from a file of the server by RetrievalMethod',
  code: 'encryption_layout',
  forge: ({ ours, parts, assertion, response }) => {
    const p = parts()
    const good = response(p, encryptAssertion(assertion(p), ours.publicKey, { ...usual, place: 'sibling' }))
    const away = swap(good, /<xenc:EncryptedKey .*<\/xenc:EncryptedKey>/s, '')
    return { evil: swap(away, 'URI="#_ek"', 'URI="file:///etc/passwd"'), control: good }
  },
}
