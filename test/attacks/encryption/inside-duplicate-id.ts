import type { Attack } from '../../support/attack.ts'
import { signatureOf } from '../../support/dsig.ts'
import { encryptAssertion } from '../../support/encryption.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'an element inside the plaintext has the ID of the assertion, so that the reference may find it instead',
  code: 'duplicate_id',
  forge: ({ ours, idp, parts, assertion, response }) => {
    const p = parts()
    const of = (id: string) => {
      const child = `<x xmlns="urn:example" ID="${id}"></x></saml:AttributeValue>`
      const bare = swap(assertion({ ...p, sign: 'none' }), '</saml:AttributeValue>', child)
      const signature = signatureOf(idp, bare, p.assertionId)
      return encryptAssertion(swap(bare, '<saml:Subject>', `${signature}<saml:Subject>`), ours.publicKey)
    }
    return { evil: response(p, of(p.assertionId)), control: response(p, of('_other')) }
  },
}
