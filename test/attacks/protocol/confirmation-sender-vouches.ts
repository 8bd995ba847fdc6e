import type { Attack } from '../../support/attack.ts'
import { set } from '../../support/rewrite.ts'

export const attack: Attack = {
  misdeed: 'the assertion needs a sender who vouches for it, and nobody does',
  code: 'subject_confirmation',
  forge: ({ response }) => ({
    evil: response({
      editAssertion: set('saml:SubjectConfirmation', { Method: 'urn:oasis:names:tc:SAML:2.0:cm:sender-vouches' }),
    }),
    control: response(),
  }),
}
