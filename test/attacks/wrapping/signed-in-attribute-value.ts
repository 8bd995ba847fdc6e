import type { Attack } from '../../support/attack.ts'
import { after, cut, forgery, swap, unsigned } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'a forged assertion carries the Signature of the original, which stands as the value of an attribute',
  code: 'response_layout',
  forge: stage => {
    const signed = stage.response()
    const original = cut(signed, 'saml:Assertion')
    const valued = swap(forgery(stage), 'alice@acme.example', unsigned(original))
    return {
      evil: swap(signed, original, after(valued, '</saml:Issuer>', cut(original, 'ds:Signature'))),
      control: signed,
    }
  },
}
