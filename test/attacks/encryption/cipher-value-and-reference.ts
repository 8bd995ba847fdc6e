import type { Attack } from '../../support/attack.ts'
import { encryptAssertion } from '../../support/encryption.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'beside the ciphertext stands a reference to another one: checked is one, used the other',
  code: 'schema_invalid',
  forge: ({ ours, parts, assertion, response }) => {
    const p = parts()
    const good = response(p, encryptAssertion(assertion(p), ours.publicKey))
    return {
      evil: swap(
        good,
        '</xenc:CipherData></xenc:EncryptedData>',
        `${reference}</xenc:CipherData></xenc:EncryptedData>`,
      ),
      control: good,
    }
  },
}

const reference = '<xenc:CipherReference URI="http://sink.example/data"></xenc:CipherReference>'
