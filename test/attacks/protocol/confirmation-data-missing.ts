import type { Attack } from '../../support/attack.ts'
import { drop } from '../../support/rewrite.ts'

export const attack: Attack = {
  misdeed: 'the bearer confirmation says neither to whom nor until when nor what it answers',
  code: 'subject_confirmation',
  forge: ({ response }) => ({
    evil: response({ editAssertion: drop('saml:SubjectConfirmationData') }),
    control: response(),
  }),
}
