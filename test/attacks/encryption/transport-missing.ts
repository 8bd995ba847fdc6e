import type { Attack } from '../../support/attack.ts'
import { encryptAssertion } from '../../support/encryption.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'the encrypted key names no algorithm, and a default such as RSA 1.5 would be taken',
  code: 'encryption_algorithm',
  forge: ({ ours, parts, assertion, response }) => {
    const p = parts()
    const good = response(p, encryptAssertion(assertion(p), ours.publicKey))
    const method = /(?<=<xenc:EncryptedKey Id="_ek">)<xenc:EncryptionMethod .*?<\/xenc:EncryptionMethod>/
    return { evil: swap(good, method, ''), control: good }
  },
}
