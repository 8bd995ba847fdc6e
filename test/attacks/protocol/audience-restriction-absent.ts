import type { Attack } from '../../support/attack.ts'
import { drop } from '../../support/rewrite.ts'

export const attack: Attack = {
  misdeed: 'the Conditions restrict no audience, for whoever checks only the restrictions that are there',
  code: 'audience_mismatch',
  forge: ({ response }) => ({
    evil: response({ editAssertion: drop('saml:AudienceRestriction') }),
    control: response(),
  }),
}
