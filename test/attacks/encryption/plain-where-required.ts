import type { Attack } from '../../support/attack.ts'
import { encryptAssertion } from '../../support/encryption.ts'

export const attack: Attack = {
  misdeed: 'the assertion is sent in the clear, past proxies and logs, where this connection wants it encrypted',
  code: 'encryption_missing',
  expected: { requireEncrypted: true },
  forge: ({ ours, parts, assertion, response }) => {
    const p = parts()
    return { evil: response(p), control: response(p, encryptAssertion(assertion(p), ours.publicKey)) }
  },
}
