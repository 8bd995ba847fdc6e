import type { Attack } from '../../support/attack.ts'
import { instant } from '../../support/idp.ts'
import { set } from '../../support/rewrite.ts'

export const attack: Attack = {
  misdeed: 'an assertion made out for later is used today, for whoever reads NotOnOrAfter only',
  code: 'assertion_not_yet_valid',
  forge: ({ now, response }) => ({
    evil: response({
      editAssertion: set('saml:Conditions', {
        NotBefore: instant(now + 3_600_000),
        NotOnOrAfter: instant(now + 7_200_000),
      }),
    }),
    control: response(),
  }),
}
