import type { Attack } from '../../support/attack.ts'
import { encryptAssertion } from '../../support/encryption.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'there are 300 encrypted keys, each of which would cost an RSA operation for each key of ours',
  code: 'xml_limits',
  forge: ({ ours, parts, assertion, response }) => {
    const p = parts()
    const good = response(p, encryptAssertion(assertion(p), ours.publicKey))
    const key = /<xenc:EncryptedKey .*<\/xenc:EncryptedKey>/s.exec(good)?.[0] ?? ''
    return { evil: swap(good, key, key + swap(key, ' Id="_ek"', '').repeat(299)), control: good }
  },
}
