import type { Attack } from '../../support/attack.ts'
import { set } from '../../support/rewrite.ts'

export const attack: Attack = {
  misdeed: 'the assertion lasts until February 30, which some roll over to March and some read as NaN',
  code: 'schema_invalid',
  forge: ({ response }) => ({
    evil: response({ editAssertion: set('saml:Conditions', { NotOnOrAfter: '2096-02-30T00:00:00Z' }) }),
    control: response({ editAssertion: set('saml:Conditions', { NotOnOrAfter: '2096-02-29T00:00:00Z' }) }),
  }),
}
