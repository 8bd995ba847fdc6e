import type { Attack } from '../../support/attack.ts'
import { set } from '../../support/rewrite.ts'

export const attack: Attack = {
  misdeed: 'the confirmation names no method, for whoever assumes bearer',
  code: 'schema_invalid',
  forge: ({ response }) => ({
    evil: response({ editAssertion: set('saml:SubjectConfirmation', { Method: null }) }),
    control: response(),
  }),
}
