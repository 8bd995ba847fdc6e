import type { Attack } from '../../support/attack.ts'
import { set } from '../../support/rewrite.ts'

export const attack: Attack = {
  misdeed: 'the assertion lasts until Infinity',
  code: 'schema_invalid',
  forge: ({ response }) => ({
    evil: response({ editAssertion: set('saml:Conditions', { NotOnOrAfter: 'Infinity' }) }),
    control: response(),
  }),
}
