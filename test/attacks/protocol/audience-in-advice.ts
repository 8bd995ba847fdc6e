import type { Attack } from '../../support/attack.ts'
import { insert } from '../../support/rewrite.ts'

export const attack: Attack = {
  misdeed: 'only an assertion quoted in Advice names us, for whoever looks for Audience anywhere',
  code: 'audience_mismatch',
  forge: ({ sp, response }) => ({
    evil: response({
      audience: 'https://other.example',
      editAssertion: insert(advice(sp.entityId), '<saml:AuthnStatement'),
    }),
    control: response({ editAssertion: insert(advice(sp.entityId), '<saml:AuthnStatement') }),
  }),
}

const advice = (audience: string) =>
  '<saml:Advice><saml:Assertion ID="_advice" IssueInstant="2026-01-01T00:00:00Z" Version="2.0"><saml:Issuer>urn:x</saml:Issuer>' +
  `<saml:Subject><saml:NameID>x</saml:NameID></saml:Subject><saml:Conditions><saml:AudienceRestriction><saml:Audience>${audience}` +
  '</saml:Audience></saml:AudienceRestriction></saml:Conditions></saml:Assertion></saml:Advice>'
