import type { Attack } from '../../support/attack.ts'
import { instant } from '../../support/idp.ts'
import { set } from '../../support/rewrite.ts'

export const attack: Attack = {
  misdeed: 'a time without a zone is over in UTC, and to come for whoever reads it as local time in the west',
  code: 'assertion_expired',
  forge: ({ now, response }) => ({
    evil: response({
      editAssertion: set('saml:Conditions', { NotOnOrAfter: instant(now - 3_600_000).replace('Z', '') }),
    }),
    control: response({
      editAssertion: set('saml:Conditions', { NotOnOrAfter: instant(now + 3_600_000).replace('Z', '') }),
    }),
  }),
}
