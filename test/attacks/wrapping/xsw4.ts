import type { Attack } from '../../support/attack.ts'
import { before, cut, forgery, swap } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'a forged assertion holds the signed one as its child, for whoever reads the outermost (XSW 4)',
  code: 'schema_invalid',
  forge: stage => {
    const signed = stage.response()
    const original = cut(signed, 'saml:Assertion')
    return { evil: swap(signed, original, before(forgery(stage), '</saml:Assertion>', original)), control: signed }
  },
}
