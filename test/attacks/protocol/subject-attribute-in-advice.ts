import type { Attack } from '../../support/attack.ts'
import { insert } from '../../support/rewrite.ts'

export const attack: Attack = {
  misdeed: 'only an assertion quoted in Advice names the person, for whoever looks for attributes anywhere',
  code: 'subject_missing',
  expected: { subject: 'employee' },
  forge: ({ response }) => ({
    evil: response({ attributes: {}, editAssertion: insert(advice, '<saml:AuthnStatement') }),
    control: response({ attributes: { employee: ['4711'] }, editAssertion: insert(advice, '<saml:AuthnStatement') }),
  }),
}

const advice =
  '<saml:Advice><saml:Assertion ID="_advice" IssueInstant="2026-01-01T00:00:00Z" Version="2.0"><saml:Issuer>urn:x</saml:Issuer>' +
  '<saml:AttributeStatement><saml:Attribute Name="employee"><saml:AttributeValue>1</saml:AttributeValue></saml:Attribute>' +
  '</saml:AttributeStatement></saml:Assertion></saml:Advice>'
