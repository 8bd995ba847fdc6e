import type { Attack } from '../../support/attack.ts'
import { set } from '../../support/rewrite.ts'

export const attack: Attack = {
  misdeed: 'an unsolicited assertion is put into a Response that claims to answer our request',
  code: 'subject_confirmation',
  forge: ({ response }) => ({
    evil: response({ editAssertion: set('saml:SubjectConfirmationData', { InResponseTo: null }) }),
    control: response(),
  }),
}
