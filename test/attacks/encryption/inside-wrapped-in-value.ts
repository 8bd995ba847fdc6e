import type { Attack } from '../../support/attack.ts'
import { encryptAssertion } from '../../support/encryption.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'the plaintext is a forged assertion that carries the signed one in an attribute value',
  code: 'response_layout',
  forge: ({ ours, parts, assertion, response }) => {
    const p = parts()
    const plain = assertion(p)
    const forged = assertion({ ...p, sign: 'none', nameId: 'admin', assertionId: '_forged' })
    const wrapped = swap(forged, '<saml:AttributeValue>', `<saml:AttributeValue>${plain}`)
    return {
      evil: response(p, encryptAssertion(wrapped, ours.publicKey)),
      control: response(p, encryptAssertion(plain, ours.publicKey)),
    }
  },
}
