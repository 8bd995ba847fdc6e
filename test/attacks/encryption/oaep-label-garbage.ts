import type { Attack } from '../../support/attack.ts'
import { encryptAssertion, usual } from '../../support/encryption.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'the stated OAEP label is no base64, and a reader that gives up takes the empty one',
  code: ['schema_invalid', 'encryption_layout'],
  forge: ({ ours, parts, assertion, response }) => {
    const p = parts()
    const good = response(p, encryptAssertion(assertion(p), ours.publicKey))
    const method = `${usual.transport}">`
    return { evil: swap(good, method, `${method}<xenc:OAEPparams>AAA</xenc:OAEPparams>`), control: good }
  },
}
