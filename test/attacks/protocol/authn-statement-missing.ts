import type { Attack } from '../../support/attack.ts'
import { drop } from '../../support/rewrite.ts'

export const attack: Attack = {
  misdeed: 'the assertion says who somebody is and not that they signed in: an attribute query’s answer',
  code: 'authn_statement_missing',
  forge: ({ response }) => ({ evil: response({ editAssertion: drop('saml:AuthnStatement') }), control: response() }),
}
