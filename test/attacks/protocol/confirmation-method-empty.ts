import type { Attack } from '../../support/attack.ts'
import { set } from '../../support/rewrite.ts'

export const attack: Attack = {
  misdeed: 'the confirmation’s method is empty, for whoever assumes bearer',
  code: 'subject_confirmation',
  forge: ({ response }) => ({
    evil: response({ editAssertion: set('saml:SubjectConfirmation', { Method: '' }) }),
    control: response(),
  }),
}
