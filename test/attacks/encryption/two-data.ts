import type { Attack } from '../../support/attack.ts'
import { encryptAssertion } from '../../support/encryption.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed:
    'an EncryptedAssertion holds two EncryptedData, one good and one of a forger: readers of the first and of the last differ',
  code: 'schema_invalid',
  forge: ({ ours, parts, assertion, response }) => {
    const p = parts()
    const data = (xml: string) => /<xenc:EncryptedData .*<\/xenc:EncryptedData>/s.exec(xml)?.[0] ?? ''
    const good = encryptAssertion(assertion(p), ours.publicKey)
    const forged = encryptAssertion(assertion({ ...p, sign: 'none', nameId: 'admin' }), ours.publicKey)
    const both = data(good) + swap(data(forged), ' Id="_ek"', '')
    return { evil: response(p, swap(good, data(good), both)), control: response(p, good) }
  },
}
