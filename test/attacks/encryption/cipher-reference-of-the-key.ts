import type { Attack } from '../../support/attack.ts'
import { encryptAssertion } from '../../support/encryption.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'the encrypted key is to be fetched from another server by CipherReference',
  code: 'encryption_layout',
  forge: ({ ours, parts, assertion, response }) => {
    const p = parts()
    const good = response(p, encryptAssertion(assertion(p), ours.publicKey))
    return { evil: swap(good, /<xenc:CipherValue>[^<]*<\/xenc:CipherValue>/, reference), control: good }
  },
}

const reference = '<xenc:CipherReference URI="http://sink.example/key"></xenc:CipherReference>'
