import type { Attack } from '../../support/attack.ts'
import { set } from '../../support/rewrite.ts'

export const attack: Attack = {
  misdeed: 'the session begins at 24:00:00, which the schema lets pass and clocks read as NaN or the next day',
  code: 'time_malformed',
  forge: ({ response }) => ({
    evil: response({ editAssertion: set('saml:AuthnStatement', { AuthnInstant: '2026-01-01T24:00:00Z' }) }),
    control: response({ editAssertion: set('saml:AuthnStatement', { AuthnInstant: '2026-01-01T23:00:00Z' }) }),
  }),
}
