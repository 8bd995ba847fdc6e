// JumpCloud: no recording is public, so its shape is a guess; the issuer is whatever its admin typed.

import { attributeFormat, common, context, format, idpInitiated, type Profile, sha1 } from '../profile.ts'

const attribute = (name: string, ...values: string[]) => ({
  ...{ name, values, format: attributeFormat.unspecified, type: 'xs:string' },
})

export const jumpCloud: Profile = {
  ...common,
  name: 'JumpCloud',
  provider: 'jumpcloud',
  issuer: 'https://sso.jumpcloud.com/example-corp',
  prefixes: { protocol: 'saml2p', assertion: 'saml2', dsig: 'ds' },
  responseAttributes: ['Destination', 'ID', 'InResponseTo', 'IssueInstant', 'Version'],
  windows: { notBefore: -60, notOnOrAfter: 300, confirmation: 300, session: null, authn: 0 },
  nameId: { format: format.unspecified, value: 'alex@example.com' },
  authnContext: context.protected,
  attributes: [
    attribute('email', 'alex@example.com'),
    attribute('firstName', 'Alex'),
    attribute('lastName', 'Example'),
    attribute('memberOf', 'Engineering', 'Admins'),
  ],
  signs: 'response',
  canEncrypt: null,
  claims: { email: 'alex@example.com', given_name: 'Alex', family_name: 'Example', groups: ['Engineering', 'Admins'] },
  variants: {
    'Sign Assertion': { change: { signs: 'assertion' } },
    'Assertion and Response': { change: { signs: 'both' } },
    'an issuer that many share': { change: { issuer: 'JumpCloud' } },
    'SHA-1': sha1,
    'user portal tile': idpInitiated,
  },
  labels: {
    acs: 'ACS URLs',
    audience: 'SP Entity ID',
    certificate: 'IDP Certificate Valid',
    signAssertion: 'Assertion',
    signResponse: 'Response',
    algorithm: 'Signature Algorithm',
    nameId: 'SAMLSubject NameID',
  },
}
