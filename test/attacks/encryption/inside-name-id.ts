import type { Attack } from '../../support/attack.ts'
import { encryptAssertion } from '../../support/encryption.ts'

export const attack: Attack = {
  misdeed: 'the plaintext is a lone NameID, as an EncryptedID would hold it',
  code: 'response_layout',
  forge: ({ ours, parts, assertion, response }) => {
    const p = parts({ sign: 'both' })
    const name = '<saml:NameID xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">admin</saml:NameID>'
    return {
      evil: response(p, encryptAssertion(name, ours.publicKey)),
      control: response(p, encryptAssertion(assertion(p), ours.publicKey)),
    }
  },
}
