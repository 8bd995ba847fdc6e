import type { Attack } from '../../support/attack.ts'
import { encryptAssertion } from '../../support/encryption.ts'
import { swap } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'a relative namespace comes inside the encryption, for whoever guards the outer message only',
  code: ['xml_forbidden', 'xml_malformed'],
  forge: ({ response, assertion, ours }) => {
    const signed = assertion()
    const declare = (uri: string) => {
      const declared = swap(signed, '<saml:Assertion ', `<saml:Assertion xmlns:x="${uri}" `)
      return response({}, encryptAssertion(declared, ours.publicKey))
    }
    return { evil: declare('evil'), control: declare('urn:x') }
  },
}
