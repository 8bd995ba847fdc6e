import type { Attack } from '../../support/attack.ts'
import { encryptAssertion } from '../../support/encryption.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'in a signed Response the ciphertext is swapped for a genuine one of another person',
  code: 'signature_digest',
  forge: ({ ours, parts, assertion, response }) => {
    const p = parts({ sign: 'response' })
    const mallorys = response(p, encryptAssertion(assertion({ ...p, nameId: 'mallory' }), ours.publicKey))
    const other = parts({ sign: 'response' })
    const alices = encryptAssertion(assertion({ ...other, nameId: 'alice' }), ours.publicKey)
    const place = /<saml:EncryptedAssertion .*<\/saml:EncryptedAssertion>/s
    return { evil: swap(mallorys, place, alices), control: mallorys }
  },
}
