import type { Attack } from '../../support/attack.ts'
import { after, before, cut, forgery, swap, unsigned } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'a forged assertion carries a Signature with the original in its Object, where the schema is lax (XSW 8)',
  code: 'signature_layout',
  forge: stage => {
    const signed = stage.response()
    const original = cut(signed, 'saml:Assertion')
    const object = `<ds:Object>${unsigned(original)}</ds:Object>`
    const wrapper = before(cut(original, 'ds:Signature'), '</ds:Signature>', object)
    return { evil: swap(signed, original, after(forgery(stage), '</saml:Issuer>', wrapper)), control: signed }
  },
}
