import type { Attack } from '../../support/attack.ts'
import { instant } from '../../support/idp.ts'
import { set } from '../../support/rewrite.ts'

export const attack: Attack = {
  misdeed: 'an assertion out of an old log is posted; only its confirmation was left open',
  code: 'assertion_expired',
  forge: ({ now, response }) => ({
    evil: response({ editAssertion: set('saml:Conditions', { NotOnOrAfter: instant(now - 3_600_000) }) }),
    control: response(),
  }),
}
