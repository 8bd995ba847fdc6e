import type { Attack } from '../../support/attack.ts'
import { before, cut, forgery, swap } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'a forged assertion holds the signed one in its SubjectConfirmationData, where the schema takes anything',
  code: 'response_layout',
  forge: stage => {
    const signed = stage.response()
    const original = cut(signed, 'saml:Assertion')
    const forged = before(forgery(stage), '</saml:SubjectConfirmationData>', original)
    return { evil: swap(signed, original, forged), control: signed }
  },
}
