import type { Attack } from '../../support/attack.ts'
import { encryptAssertion, usual } from '../../support/encryption.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'the message states an OAEP label under which the key was not wrapped',
  code: 'decryption_failed',
  forge: ({ ours, parts, assertion, response }) => {
    const p = parts()
    const good = response(p, encryptAssertion(assertion(p), ours.publicKey))
    const method = `${usual.transport}">`
    return { evil: swap(good, method, `${method}<xenc:OAEPparams>AAAA</xenc:OAEPparams>`), control: good }
  },
}
