import type { Attack } from '../../support/attack.ts'
import { before, cut, forgery, swap } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed:
    'the signed assertion of another login moves into the Advice of a forged one, for whoever wants any good signature',
  code: 'signature_missing',
  forge: stage => {
    const signed = stage.response()
    const original = cut(signed, 'saml:Assertion')
    const forged = before(forgery(stage), '<saml:AuthnStatement', `<saml:Advice>${original}</saml:Advice>`)
    return { evil: swap(signed, original, forged), control: signed }
  },
}
