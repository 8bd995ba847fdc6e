import type { Attack } from '../../support/attack.ts'
import { after, cut, forgery, swap, unsigned } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'a forged assertion carries the Signature of the original, which stands bare after it (XSW 5)',
  code: 'response_layout',
  forge: stage => {
    const signed = stage.response()
    const original = cut(signed, 'saml:Assertion')
    const forged = after(forgery(stage), '</saml:Issuer>', cut(original, 'ds:Signature'))
    return { evil: swap(signed, original, forged + unsigned(original)), control: signed }
  },
}
