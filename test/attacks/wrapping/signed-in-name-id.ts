import type { Attack } from '../../support/attack.ts'
import { before, cut, forgery, swap } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'a forged assertion holds the signed one in its NameID, beside the name that is read',
  code: 'schema_invalid',
  forge: stage => {
    const signed = stage.response()
    const original = cut(signed, 'saml:Assertion')
    return { evil: swap(signed, original, before(forgery(stage), '</saml:NameID>', original)), control: signed }
  },
}
