import type { Attack } from '../../support/attack.ts'
import { encryptAssertion, usual } from '../../support/encryption.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'the data’s algorithm is one that nobody knows, and a default would be taken',
  code: 'encryption_algorithm',
  forge: ({ ours, parts, assertion, response }) => {
    const p = parts()
    const good = response(p, encryptAssertion(assertion(p), ours.publicKey))
    return { evil: swap(good, usual.data, 'urn:example:aes256-gcm'), control: good }
  },
}
