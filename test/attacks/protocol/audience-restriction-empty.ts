import type { Attack } from '../../support/attack.ts'
import { drop } from '../../support/rewrite.ts'

export const attack: Attack = {
  misdeed: 'an AudienceRestriction holds no Audience, for whoever takes an empty list as no restriction',
  code: 'schema_invalid',
  forge: ({ response }) => ({ evil: response({ editAssertion: drop('saml:Audience') }), control: response() }),
}
