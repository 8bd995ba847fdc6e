import type { Attack } from '../../support/attack.ts'
import { before, seal } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed:
    'a condition for another service is a Condition that has the type of an AudienceRestriction but not its name',
  code: 'condition_unknown',
  forge: ({ idp, assertion, response }) => {
    const bare = assertion({ sign: 'none' })
    const condition =
      '<saml:Condition xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="saml:AudienceRestrictionType">' +
      '<saml:Audience>https://other.example/metadata</saml:Audience></saml:Condition>'
    return {
      evil: response({}, seal(idp, before(bare, '<saml:AudienceRestriction>', condition))),
      control: response({}, seal(idp, bare)),
    }
  },
}
