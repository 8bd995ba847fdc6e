import type { Attack } from '../../support/attack.ts'
import { encryptAssertion, encryptedKey, usual } from '../../support/encryption.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'the data’s key stands in the KeyInfo of another encrypted key, where the key of that key belongs',
  code: 'decryption_failed',
  forge: ({ ours, stranger, parts, assertion, response }) => {
    const p = parts()
    const good = response(p, encryptAssertion(assertion(p), ours.publicKey))
    const other = swap(encryptedKey(Buffer.alloc(32), stranger.publicKey, usual), ' Id="_ek"', '')
    const under = (key: string) => swap(other, '<xenc:CipherData>', `<ds:KeyInfo>${key}</ds:KeyInfo><xenc:CipherData>`)
    return { evil: swap(good, /<xenc:EncryptedKey .*<\/xenc:EncryptedKey>/s, under), control: good }
  },
}
