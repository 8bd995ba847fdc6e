import type { Attack } from '../../support/attack.ts'
import { signatureOf } from '../../support/dsig.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'the signature covers only an element inside an attribute value of the assertion: all the rest is open',
  code: 'signature_layout',
  forge: ({ idp, parts, assertion, response }) => {
    const p = parts()
    const child = '<x xmlns="urn:example" ID="_child"></x>'
    const bare = swap(assertion({ ...p, sign: 'none' }), '<saml:AttributeValue>', `<saml:AttributeValue>${child}`)
    const signed = (signature: string) => response(p, swap(bare, '<saml:Subject>', `${signature}<saml:Subject>`))
    return {
      evil: signed(signatureOf(idp, child, '_child')),
      control: signed(signatureOf(idp, bare, p.assertionId)),
    }
  },
}
