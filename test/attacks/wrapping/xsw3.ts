import type { Attack } from '../../support/attack.ts'
import { before, forgery } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed:
    'a forged assertion stands before the signed one, for whoever reads the first and verifies the second (XSW 3)',
  code: 'response_layout',
  forge: stage => {
    const signed = stage.response()
    return { evil: before(signed, '<saml:Assertion ', forgery(stage)), control: signed }
  },
}
