import type { Attack } from '../../support/attack.ts'
import { insert } from '../../support/rewrite.ts'

export const attack: Attack = {
  misdeed: 'a second AudienceRestriction excludes us, for whoever reads all audiences as one list',
  code: 'audience_mismatch',
  forge: ({ response }) => ({
    evil: response({ editAssertion: insert(other, '</saml:Conditions>') }),
    control: response(),
  }),
}

const other =
  '<saml:AudienceRestriction><saml:Audience>https://other.example</saml:Audience></saml:AudienceRestriction>'
