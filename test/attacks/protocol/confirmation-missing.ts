import type { Attack } from '../../support/attack.ts'
import { drop } from '../../support/rewrite.ts'

export const attack: Attack = {
  misdeed: 'the Subject is confirmed in no way, for whoever checks only the confirmations that are there',
  code: 'subject_confirmation',
  forge: ({ response }) => ({
    evil: response({ editAssertion: drop('saml:SubjectConfirmation') }),
    control: response(),
  }),
}
