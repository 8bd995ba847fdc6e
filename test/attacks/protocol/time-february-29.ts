import type { Attack } from '../../support/attack.ts'
import { set } from '../../support/rewrite.ts'

export const attack: Attack = {
  misdeed: 'the assertion lasts until February 29 of a year that is no leap year',
  code: 'schema_invalid',
  forge: ({ response }) => ({
    evil: response({ editAssertion: set('saml:Conditions', { NotOnOrAfter: '2097-02-29T00:00:00Z' }) }),
    control: response({ editAssertion: set('saml:Conditions', { NotOnOrAfter: '2096-02-29T00:00:00Z' }) }),
  }),
}
