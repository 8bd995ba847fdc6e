import { gzipSync } from 'node:zlib'
import type { Attack } from '../../support/attack.ts'
import { encryptAssertion } from '../../support/encryption.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'the plaintext is gzip that a MimeType asks to have inflated, to any size',
  code: 'decryption_failed',
  forge: ({ ours, parts, assertion, response }) => {
    const p = parts()
    const plain = assertion(p)
    const evil = encryptAssertion(gzipSync(plain), ours.publicKey)
    return {
      evil: response(p, swap(evil, ' Type=', ' MimeType="application/gzip" Type=')),
      control: response(p, encryptAssertion(plain, ours.publicKey)),
    }
  },
}
