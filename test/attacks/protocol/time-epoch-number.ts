import type { Attack } from '../../support/attack.ts'
import { set } from '../../support/rewrite.ts'

export const attack: Attack = {
  misdeed: 'the assertion lasts until a number of milliseconds, which Date would take',
  code: 'schema_invalid',
  forge: ({ now, response }) => ({
    evil: response({ editAssertion: set('saml:Conditions', { NotOnOrAfter: `${now + 300_000}` }) }),
    control: response(),
  }),
}
