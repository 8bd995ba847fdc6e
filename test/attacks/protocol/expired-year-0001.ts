import type { Attack } from '../../support/attack.ts'
import { set } from '../../support/rewrite.ts'

export const attack: Attack = {
  misdeed: 'the assertion ended in the year 1, which two-digit readers take for 2001 and others for never',
  code: 'assertion_expired',
  forge: ({ response }) => ({
    evil: response({
      editAssertion: set('saml:Conditions', { NotBefore: null, NotOnOrAfter: '0001-01-01T00:00:00Z' }),
    }),
    control: response({ editAssertion: set('saml:Conditions', { NotBefore: null }) }),
  }),
}
