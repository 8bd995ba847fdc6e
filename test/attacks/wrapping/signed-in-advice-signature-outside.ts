import type { Attack } from '../../support/attack.ts'
import { after, before, cut, forgery, swap, unsigned } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'a forged assertion carries the Signature of the original, which stands bare in its Advice',
  code: 'signature_layout',
  forge: stage => {
    const signed = stage.response()
    const original = cut(signed, 'saml:Assertion')
    const advised = before(forgery(stage), '<saml:AuthnStatement', `<saml:Advice>${unsigned(original)}</saml:Advice>`)
    const forged = after(advised, '</saml:Issuer>', cut(original, 'ds:Signature'))
    return { evil: swap(signed, original, forged), control: signed }
  },
}
