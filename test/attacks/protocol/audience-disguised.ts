import type { Attack } from '../../support/attack.ts'
import { insert } from '../../support/rewrite.ts'

export const attack: Attack = {
  misdeed:
    'an audience restriction that excludes us hides in a Condition with xsi:type, for whoever goes by element names',
  code: 'condition_unknown',
  forge: ({ response }) => ({
    evil: response({ editAssertion: insert(disguised, '<saml:AudienceRestriction>') }),
    control: response(),
  }),
}

const disguised =
  '<saml:Condition xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="saml:AudienceRestrictionType">' +
  '<saml:Audience>https://other.example</saml:Audience></saml:Condition>'
