import type { Attack } from '../../support/attack.ts'
import { set } from '../../support/rewrite.ts'

export const attack: Attack = {
  misdeed: 'the assertion lasts until a leap second that xs:dateTime does not know',
  code: 'schema_invalid',
  forge: ({ response }) => ({
    evil: response({ editAssertion: set('saml:Conditions', { NotOnOrAfter: '2096-12-31T23:59:60Z' }) }),
    control: response({ editAssertion: set('saml:Conditions', { NotOnOrAfter: '2096-12-31T23:59:59Z' }) }),
  }),
}
