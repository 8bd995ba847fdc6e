import type { Attack } from '../../support/attack.ts'
import { encryptAssertion } from '../../support/encryption.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'the plaintext is a forged assertion that quotes the signed one in its Advice',
  code: 'signature_missing',
  forge: ({ ours, parts, assertion, response }) => {
    const p = parts()
    const plain = assertion(p)
    const forged = assertion({ ...p, sign: 'none', nameId: 'admin', assertionId: '_forged' })
    const wrapped = swap(forged, '<saml:AuthnStatement ', `<saml:Advice>${plain}</saml:Advice><saml:AuthnStatement `)
    return {
      evil: response(p, encryptAssertion(wrapped, ours.publicKey)),
      control: response(p, encryptAssertion(plain, ours.publicKey)),
    }
  },
}
