// Keycloak: dsig as the prefix, a redundant default namespace, KeyName and KeyValue, one Attribute element a role, a minute's time.

import { attributeFormat, cbc, common, context, format, idpInitiated, type Profile, sha1 } from '../profile.ts'

const basic = { format: attributeFormat.basic, type: 'xs:string' }
const x500 = (oid: string, friendlyName: string, value: string) => ({
  ...{ name: `urn:oid:${oid}`, friendlyName, values: [value], format: attributeFormat.uri, type: 'xs:string' },
})
const roles = ['default-roles-demo', 'offline_access', 'uma_authorization']
const person = [
  x500('1.2.840.113549.1.9.1', 'email', 'alex@example.com'),
  x500('2.5.4.42', 'givenName', 'Alex'),
  x500('2.5.4.4', 'surname', 'Example'),
  { name: 'groups', values: ['/staff', '/admins'], ...basic },
]

export const keycloak: Profile = {
  ...common,
  name: 'Keycloak',
  provider: 'keycloak',
  issuer: 'https://keycloak.corp.example/realms/demo',
  prefixes: { protocol: 'samlp', assertion: 'saml', dsig: 'dsig' },
  rootDeclaresAssertion: true,
  responseAttributes: ['Destination', 'ID', 'InResponseTo', 'IssueInstant', 'Version'],
  ids: { response: 'ID_3c2ddd29-9d6c-4bb2', assertion: 'ID_c6c1b0a4-6c3f-4f76' },
  windows: { notBefore: -2, notOnOrAfter: 58, confirmation: 298, session: 36000, authn: 0 },
  nameId: { format: format.unspecified, value: 'aexample' },
  authnContext: context.unspecified,
  attributes: [{ name: 'Role', values: roles, apart: true, ...basic }, ...person],
  signs: 'response',
  keyInfo: 'key-name-and-value',
  repeats: ['default-namespace-on-assertion'],
  canEncrypt: cbc(128),
  claims: { email: 'alex@example.com', given_name: 'Alex', family_name: 'Example', groups: ['/staff', '/admins'] },
  variants: {
    'Sign assertions too': { change: { signs: 'both' } },
    'only the assertion signed': { change: { signs: 'assertion' } },
    'carriage returns, as 20.0': { change: { wrap: { signature: 'carriage-returns', certificate: 'none' } } },
    encrypted: { change: { encryption: cbc(128) } },
    'encrypted, both signed': { change: { encryption: cbc(128), signs: 'both' } },
    'Single Role Attribute': { change: { attributes: [{ name: 'Role', values: roles, ...basic }, ...person] } },
    'SHA-1': sha1,
    'RSA-SHA512': { change: { algorithm: 'rsa-sha512', digest: 'sha512' } },
    'RSA-SHA256 with MGF1': { change: { algorithm: 'pss-sha256' } },
    'RSA-SHA512 with MGF1': { change: { algorithm: 'pss-sha512', digest: 'sha512' } },
    'IDP-Initiated SSO URL': idpInitiated,
  },
  failures: [
    { codes: ['Requester', 'InvalidNameIDPolicy'], signed: true, explained: /nameid_format.*\*Force name ID format\*/ },
    { codes: ['Responder', 'NoPassive'], signed: true, explained: /prompt=none/ },
    { codes: ['Responder', 'AuthnFailed'], signed: true, explained: /\*Events\*/ },
  ],
  labels: {
    acs: 'Master SAML Processing URL',
    audience: 'Client ID',
    certificate: 'Certificate',
    signAssertion: 'Sign assertions',
    signResponse: 'Sign documents',
    algorithm: 'Signature algorithm',
    encryption: 'Encrypt assertions',
    nameId: 'Name ID format',
  },
}
