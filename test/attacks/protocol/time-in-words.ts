import type { Attack } from '../../support/attack.ts'
import { set } from '../../support/rewrite.ts'

export const attack: Attack = {
  misdeed: 'the assertion lasts until a date in words, which Date.parse would take',
  code: 'schema_invalid',
  forge: ({ response }) => ({
    evil: response({ editAssertion: set('saml:Conditions', { NotOnOrAfter: 'December 31, 2096 23:59:59 UTC' }) }),
    control: response(),
  }),
}
