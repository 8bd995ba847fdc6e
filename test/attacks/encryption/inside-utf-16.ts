import type { Attack } from '../../support/attack.ts'
import { encryptAssertion } from '../../support/encryption.ts'

export const attack: Attack = {
  misdeed: 'the plaintext is UTF-16 with its byte order mark, which a parser reads and a gate of bytes does not',
  code: 'decryption_failed',
  forge: ({ ours, parts, assertion, response }) => {
    const p = parts()
    const plain = assertion(p)
    return {
      evil: response(p, encryptAssertion(Buffer.from(`\ufeff${plain}`, 'utf16le'), ours.publicKey)),
      control: response(p, encryptAssertion(`\ufeff${plain}`, ours.publicKey)),
    }
  },
}
