import type { Attack } from '../../support/attack.ts'
import { set } from '../../support/rewrite.ts'

export const attack: Attack = {
  misdeed: 'the assertion lasts until the thirteenth month',
  code: 'schema_invalid',
  forge: ({ response }) => ({
    evil: response({ editAssertion: set('saml:Conditions', { NotOnOrAfter: '2096-13-01T00:00:00Z' }) }),
    control: response({ editAssertion: set('saml:Conditions', { NotOnOrAfter: '2096-12-01T00:00:00Z' }) }),
  }),
}
