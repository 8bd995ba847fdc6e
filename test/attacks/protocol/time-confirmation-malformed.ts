import type { Attack } from '../../support/attack.ts'
import { set } from '../../support/rewrite.ts'

export const attack: Attack = {
  misdeed: 'the confirmation lasts until a text that is no time',
  code: 'schema_invalid',
  forge: ({ response }) => ({
    evil: response({ editAssertion: set('saml:SubjectConfirmationData', { NotOnOrAfter: 'tomorrow' }) }),
    control: response(),
  }),
}
