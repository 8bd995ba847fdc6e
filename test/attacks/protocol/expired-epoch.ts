import type { Attack } from '../../support/attack.ts'
import { set } from '../../support/rewrite.ts'

export const attack: Attack = {
  misdeed: 'the assertion ended when the epoch began: a zero that is no time, for whoever tests for truth',
  code: 'assertion_expired',
  forge: ({ response }) => ({
    evil: response({
      editAssertion: set('saml:Conditions', { NotBefore: null, NotOnOrAfter: '1970-01-01T00:00:00Z' }),
    }),
    control: response({ editAssertion: set('saml:Conditions', { NotBefore: null }) }),
  }),
}
