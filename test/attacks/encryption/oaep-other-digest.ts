import type { Attack } from '../../support/attack.ts'
import { encryptAssertion, usual } from '../../support/encryption.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'the key is wrapped with another OAEP digest than the message states',
  code: 'decryption_failed',
  forge: ({ ours, parts, assertion, response }) => {
    const p = parts()
    const good = response(p, encryptAssertion(assertion(p), ours.publicKey, { ...usual, digest: 'sha256' }))
    const sha512 = 'http://www.w3.org/2001/04/xmlenc#sha512'
    return { evil: swap(good, 'http://www.w3.org/2001/04/xmlenc#sha256', sha512), control: good }
  },
}
