import type { Attack } from '../../support/attack.ts'
import { set } from '../../support/rewrite.ts'

export const attack: Attack = {
  misdeed: 'the assertion is only for whoever holds a key, and is shown by somebody who does not',
  code: 'subject_confirmation',
  forge: ({ response }) => ({
    evil: response({
      editAssertion: set('saml:SubjectConfirmation', { Method: 'urn:oasis:names:tc:SAML:2.0:cm:holder-of-key' }),
    }),
    control: response(),
  }),
}
