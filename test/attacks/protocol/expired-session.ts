import type { Attack } from '../../support/attack.ts'
import { instant } from '../../support/idp.ts'
import { set } from '../../support/rewrite.ts'

export const attack: Attack = {
  misdeed: 'the session at the identity provider is over, for whoever never reads SessionNotOnOrAfter',
  code: 'session_expired',
  forge: ({ now, response }) => ({
    evil: response({ editAssertion: set('saml:AuthnStatement', { SessionNotOnOrAfter: instant(now - 3_600_000) }) }),
    control: response({ editAssertion: set('saml:AuthnStatement', { SessionNotOnOrAfter: instant(now + 3_600_000) }) }),
  }),
}
