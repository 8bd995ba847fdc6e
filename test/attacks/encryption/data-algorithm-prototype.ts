import type { Attack } from '../../support/attack.ts'
import { encryptAssertion, usual } from '../../support/encryption.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'the data’s algorithm is called constructor: a table that is a plain object has an entry for that',
  code: 'encryption_algorithm',
  forge: ({ ours, parts, assertion, response }) => {
    const p = parts()
    const good = response(p, encryptAssertion(assertion(p), ours.publicKey))
    return { evil: swap(good, usual.data, 'constructor'), control: good }
  },
}
