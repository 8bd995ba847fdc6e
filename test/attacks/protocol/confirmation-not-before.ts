import type { Attack } from '../../support/attack.ts'
import { set } from '../../support/rewrite.ts'

export const attack: Attack = {
  misdeed: 'the bearer confirmation has a NotBefore, which the profile forbids: it is of another kind',
  code: 'subject_confirmation',
  forge: ({ response }) => ({
    evil: response({ editAssertion: set('saml:SubjectConfirmationData', { NotBefore: '2026-01-01T00:00:00Z' }) }),
    control: response(),
  }),
}
