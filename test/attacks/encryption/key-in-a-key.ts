import type { Attack } from '../../support/attack.ts'
import { encryptAssertion } from '../../support/encryption.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'the encrypted key is itself wrapped by a key that is wrapped for us, so that layers can be added at will',
  code: 'encryption_algorithm',
  forge: ({ ours, parts, assertion, response }) => {
    const p = parts()
    const good = response(p, encryptAssertion(assertion(p), ours.publicKey))
    const outer = (key: string) =>
      `<xenc:EncryptedKey><xenc:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#kw-aes256"></xenc:EncryptionMethod>` +
      `<ds:KeyInfo>${key}</ds:KeyInfo><xenc:CipherData><xenc:CipherValue>AAAA</xenc:CipherValue></xenc:CipherData></xenc:EncryptedKey>`
    return { evil: swap(good, /<xenc:EncryptedKey .*<\/xenc:EncryptedKey>/s, outer), control: good }
  },
}
