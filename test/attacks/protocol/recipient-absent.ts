import type { Attack } from '../../support/attack.ts'
import { set } from '../../support/rewrite.ts'

export const attack: Attack = {
  misdeed: 'the confirmation names no Recipient, for whoever checks it only where it is present',
  code: 'subject_confirmation',
  forge: ({ response }) => ({
    evil: response({ editAssertion: set('saml:SubjectConfirmationData', { Recipient: null }) }),
    control: response(),
  }),
}
