import type { Attack } from '../../support/attack.ts'
import { set } from '../../support/rewrite.ts'

export const attack: Attack = {
  misdeed: 'the assertion lasts until a date without a time, which Date.parse would take',
  code: 'schema_invalid',
  forge: ({ response }) => ({
    evil: response({ editAssertion: set('saml:Conditions', { NotOnOrAfter: '2096-12-31' }) }),
    control: response({ editAssertion: set('saml:Conditions', { NotOnOrAfter: '2096-12-31T00:00:00Z' }) }),
  }),
}
