import type { Attack } from '../../support/attack.ts'
import { before, forgery } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'a forged assertion hides in the Issuer of the Response, beside the text that is compared',
  code: 'schema_invalid',
  forge: stage => {
    const signed = stage.response()
    return { evil: before(signed, '</saml:Issuer>', forgery(stage)), control: signed }
  },
}
