import type { Attack } from '../../support/attack.ts'
import { after, before, cut, forgery, swap, unsigned } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'a forged assertion carries a Signature that holds the original, for whoever resolves IDs anywhere (XSW 6)',
  code: 'schema_invalid',
  forge: stage => {
    const signed = stage.response()
    const original = cut(signed, 'saml:Assertion')
    const wrapper = before(cut(original, 'ds:Signature'), '</ds:Signature>', unsigned(original))
    return { evil: swap(signed, original, after(forgery(stage), '</saml:Issuer>', wrapper)), control: signed }
  },
}
