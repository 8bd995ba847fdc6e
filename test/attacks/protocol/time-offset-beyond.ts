import type { Attack } from '../../support/attack.ts'
import { set } from '../../support/rewrite.ts'

export const attack: Attack = {
  misdeed: 'an offset of 25 hours stretches the assertion, for whoever only subtracts',
  code: 'schema_invalid',
  forge: ({ response }) => ({
    evil: response({ editAssertion: set('saml:Conditions', { NotOnOrAfter: '2096-12-31T00:00:00-25:00' }) }),
    control: response({ editAssertion: set('saml:Conditions', { NotOnOrAfter: '2096-12-31T00:00:00-12:00' }) }),
  }),
}
