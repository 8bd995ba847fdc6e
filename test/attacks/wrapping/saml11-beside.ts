import type { Attack } from '../../support/attack.ts'
import { before } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'a forged SAML 1.1 assertion stands before the signed one, for whoever still speaks both versions',
  code: 'schema_invalid',
  forge: ({ response, idp, now }) => {
    const signed = response()
    const name = '<saml1:Subject><saml1:NameIdentifier>admin</saml1:NameIdentifier></saml1:Subject>'
    const evil =
      '<saml1:Assertion xmlns:saml1="urn:oasis:names:tc:SAML:1.0:assertion" MajorVersion="1" MinorVersion="1"' +
      ` AssertionID="_evil" Issuer="${idp.issuer}" IssueInstant="${new Date(now).toISOString()}"><saml1:AuthenticationStatement>${name}` +
      '</saml1:AuthenticationStatement></saml1:Assertion>'
    return { evil: before(signed, '<saml:Assertion ', evil), control: signed }
  },
}
