import type { Attack } from '../../support/attack.ts'
import { set } from '../../support/rewrite.ts'

export const attack: Attack = {
  misdeed: 'the session lasts until a text that is no time',
  code: 'schema_invalid',
  forge: ({ response }) => ({
    evil: response({ editAssertion: set('saml:AuthnStatement', { SessionNotOnOrAfter: 'never' }) }),
    control: response({ editAssertion: set('saml:AuthnStatement', { SessionNotOnOrAfter: '2096-12-31T00:00:00Z' }) }),
  }),
}
