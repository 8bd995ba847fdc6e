import type { Attack } from '../../support/attack.ts'
import { set } from '../../support/rewrite.ts'

export const attack: Attack = {
  misdeed: 'the assertion lasts until the twenty-fifth hour',
  code: 'schema_invalid',
  forge: ({ response }) => ({
    evil: response({ editAssertion: set('saml:Conditions', { NotOnOrAfter: '2096-12-31T25:00:00Z' }) }),
    control: response({ editAssertion: set('saml:Conditions', { NotOnOrAfter: '2096-12-31T23:00:00Z' }) }),
  }),
}
