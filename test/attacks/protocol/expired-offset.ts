import type { Attack } from '../../support/attack.ts'
import { instant } from '../../support/idp.ts'
import { set } from '../../support/rewrite.ts'

export const attack: Attack = {
  misdeed: 'an offset makes an hour that is over look as if it were to come, for whoever ignores it',
  code: 'assertion_expired',
  forge: ({ now, response }) => ({
    evil: response({ editAssertion: set('saml:Conditions', { NotOnOrAfter: ahead(now - 3_600_000) }) }),
    control: response({ editAssertion: set('saml:Conditions', { NotOnOrAfter: ahead(now + 3_600_000) }) }),
  }),
}

// Ten hours ahead of UTC.
const ahead = (time: number) => instant(time + 36_000_000).replace('Z', '+10:00')
