import type { Attack } from '../../support/attack.ts'
import { encryptAssertion } from '../../support/encryption.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'there is no encrypted key at all: a library may then take a key that it knows by name',
  code: 'encryption_layout',
  forge: ({ ours, parts, assertion, response }) => {
    const p = parts()
    const good = response(p, encryptAssertion(assertion(p), ours.publicKey))
    const named = '<ds:KeyName>ours</ds:KeyName>'
    return { evil: swap(good, /<xenc:EncryptedKey .*<\/xenc:EncryptedKey>/s, named), control: good }
  },
}
