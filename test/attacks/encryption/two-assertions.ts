import type { Attack } from '../../support/attack.ts'
import { encryptAssertion } from '../../support/encryption.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'beside the good EncryptedAssertion stands one that a forger encrypted for us, as anybody can',
  code: 'response_layout',
  forge: ({ ours, parts, assertion, response }) => {
    const p = parts()
    const good = encryptAssertion(assertion(p), ours.publicKey)
    const forged = encryptAssertion(assertion({ ...p, sign: 'none', nameId: 'admin' }), ours.publicKey)
    return { evil: response(p, swap(forged, ' Id="_ek"', '') + good), control: response(p, good) }
  },
}
