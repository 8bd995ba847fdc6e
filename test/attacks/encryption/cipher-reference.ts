import type { Attack } from '../../support/attack.ts'
import { encryptAssertion } from '../../support/encryption.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'the ciphertext is to be fetched from another server by CipherReference',
  code: 'encryption_layout',
  forge: ({ ours, parts, assertion, response }) => {
    const p = parts()
    const good = response(p, encryptAssertion(assertion(p), ours.publicKey))
    const value = /<xenc:CipherValue>[^<]*<\/xenc:CipherValue>(?=<\/xenc:CipherData><\/xenc:EncryptedData>)/
    return { evil: swap(good, value, reference), control: good }
  },
}

const reference = '<xenc:CipherReference URI="http://sink.example/data"></xenc:CipherReference>'
