import type { Attack } from '../../support/attack.ts'
import { forgery, inExtensions } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed:
    'a forged assertion hides in Extensions, which no signature of the assertion covers, for whoever takes the first',
  code: 'response_layout',
  forge: stage => {
    const signed = stage.response()
    return { evil: inExtensions(signed, forgery(stage)), control: signed }
  },
}
