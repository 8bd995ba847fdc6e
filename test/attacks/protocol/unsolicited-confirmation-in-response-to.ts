import type { Attack } from '../../support/attack.ts'
import { set } from '../../support/rewrite.ts'

export const attack: Attack = {
  misdeed: 'an assertion that answers somebody else’s request is posted as if nobody had asked',
  code: 'subject_confirmation',
  expected: { inResponseTo: null },
  forge: ({ response }) => ({
    evil: response({
      inResponseTo: null,
      editAssertion: set('saml:SubjectConfirmationData', { InResponseTo: '_another' }),
    }),
    control: response({ inResponseTo: null }),
  }),
}
