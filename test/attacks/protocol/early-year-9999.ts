import type { Attack } from '../../support/attack.ts'
import { set } from '../../support/rewrite.ts'

export const attack: Attack = {
  misdeed: 'the assertion begins in the year 9999, which overflows to the past in some clocks',
  code: 'assertion_not_yet_valid',
  forge: ({ response }) => ({
    evil: response({
      editAssertion: set('saml:Conditions', {
        NotBefore: '9999-12-31T00:00:00Z',
        NotOnOrAfter: '9999-12-31T23:59:59Z',
      }),
    }),
    control: response({ editAssertion: set('saml:Conditions', { NotOnOrAfter: '9999-12-31T23:59:59Z' }) }),
  }),
}
