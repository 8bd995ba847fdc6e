import type { Attack } from '../../support/attack.ts'
import { set } from '../../support/rewrite.ts'

export const attack: Attack = {
  misdeed: 'the session begins before the common era, which the schema lets pass and clocks read as NaN',
  code: 'time_malformed',
  forge: ({ response }) => ({
    evil: response({ editAssertion: set('saml:AuthnStatement', { AuthnInstant: '-2026-01-01T00:00:00Z' }) }),
    control: response({ editAssertion: set('saml:AuthnStatement', { AuthnInstant: '2026-01-01T00:00:00Z' }) }),
  }),
}
