import type { Attack } from '../../support/attack.ts'
import { set } from '../../support/rewrite.ts'

export const attack: Attack = {
  misdeed: 'the confirmation never ends, for whoever checks NotOnOrAfter only where it is present',
  code: 'subject_confirmation',
  forge: ({ response }) => ({
    evil: response({ editAssertion: set('saml:SubjectConfirmationData', { NotOnOrAfter: null }) }),
    control: response(),
  }),
}
