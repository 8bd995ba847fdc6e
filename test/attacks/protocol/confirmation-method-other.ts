import type { Attack } from '../../support/attack.ts'
import { set } from '../../support/rewrite.ts'

export const attack: Attack = {
  misdeed: 'the confirmation is by a method that begins like bearer, for whoever compares with startsWith',
  code: 'subject_confirmation',
  forge: ({ response }) => ({
    evil: response({
      editAssertion: set('saml:SubjectConfirmation', { Method: 'urn:oasis:names:tc:SAML:2.0:cm:bearer-of-key' }),
    }),
    control: response(),
  }),
}
