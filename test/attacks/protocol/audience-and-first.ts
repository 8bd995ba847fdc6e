import type { Attack } from '../../support/attack.ts'
import { insert } from '../../support/rewrite.ts'

export const attack: Attack = {
  misdeed: 'the first of two AudienceRestrictions excludes us, for whoever reads the last one only',
  code: 'audience_mismatch',
  forge: ({ response }) => ({
    evil: response({ editAssertion: insert(other, '<saml:AudienceRestriction>') }),
    control: response(),
  }),
}

const other =
  '<saml:AudienceRestriction><saml:Audience>https://other.example</saml:Audience></saml:AudienceRestriction>'
