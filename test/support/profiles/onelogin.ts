// OneLogin: times without milliseconds, the signed element under an ID of its own, empty values, a session of 24 hours.

import { attributeFormat, cbc, common, context, format, idpInitiated, type Profile, sha1 } from '../profile.ts'

const parameter = (name: string, ...values: string[]) => ({
  ...{ name, values, format: attributeFormat.basic, type: 'xs:string' },
})
const response = 'R59b5b9a0bd8bf5dbcc7c6c1c9d1a4d9a1ff2ab66'
const assertion = 'Ac7ec4ac0dc6a9d9d2f2fcb4c60e0e6cf7d7cc2b7'
const signed = 'pfx51d6d2d6-6f4a-41f5-b5b3'

export const onelogin: Profile = {
  ...common,
  name: 'OneLogin',
  provider: 'onelogin',
  issuer: 'https://app.onelogin.com/saml/metadata/634027c2-0000-4000-8000-d9a1ff2ab667',
  prefixes: { protocol: 'samlp', assertion: 'saml', dsig: 'ds' },
  rootDeclaresAssertion: true,
  ids: { response, assertion: signed },
  times: { response: 'seconds', assertion: 'seconds', authn: 'seconds' },
  windows: { notBefore: -180, notOnOrAfter: 180, confirmation: 180, session: 86400, authn: -1 },
  nameId: { format: format.email, value: 'alex@example.com' },
  authnContext: context.protected,
  attributes: [
    parameter('User.email', 'alex@example.com'),
    parameter('User.FirstName', 'Alex'),
    parameter('User.LastName', 'Example'),
    parameter('memberOf', ''),
    parameter('PersonImmutableID', ''),
    parameter('groups', 'Admins', 'Staff'),
  ],
  types: { on: 'assertion', prefix: 'xs' },
  signs: 'assertion',
  canEncrypt: cbc(256),
  claims: { email: 'alex@example.com', given_name: 'Alex', family_name: 'Example', groups: ['Admins', 'Staff'] },
  variants: {
    'SHA-1': sha1,
    'signature element Response': { change: { signs: 'response', ids: { response: signed, assertion } } },
    'signature element Both': { change: { signs: 'both', ids: { response: 'pfx0c1d', assertion: signed } } },
    'encrypted, assertion signed': { change: { encryption: cbc(256) }, refused: 'encryption_cbc_unsigned' },
    'encrypted, both signed': { change: { encryption: cbc(256), signs: 'both' } },
    'portal tile': idpInitiated,
  },
  labels: {
    acs: 'ACS (Consumer) URL',
    recipient: 'Recipient',
    audience: 'Audience (EntityID)',
    certificate: 'X.509 Certificate',
    signAssertion: 'Assertion',
    signResponse: 'Response',
    algorithm: 'SAML Signature Algorithm',
    encryption: 'Encrypt assertion',
    nameId: 'SAML nameID format',
  },
}
