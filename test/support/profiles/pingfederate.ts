// PingFederate: the Response signed, Destination only then, broken base64, KeyInfo at the admin's choice, groups in one value.

import { attributeFormat, cbc, common, context, format, idpInitiated, type Profile } from '../profile.ts'

const contract = (name: string, value: string) => ({
  ...{ name, values: [value], format: attributeFormat.unspecified, type: 'xs:string' },
})

export const pingFederate: Profile = {
  ...common,
  name: 'PingFederate',
  provider: 'pingfederate',
  issuer: 'corp-sso',
  prefixes: { protocol: 'samlp', assertion: 'saml', dsig: 'ds' },
  responseAttributes: ['Version', 'ID', 'IssueInstant', 'InResponseTo', 'Destination'],
  ids: { response: 'CVKQ.2Gh7WzT-9yBq1uLr5xNm8a', assertion: 'Yv2.dK5hX8-wQp0sRt3uBn6mLc9' },
  times: { response: 'milliseconds', assertion: 'milliseconds', authn: 'zeros' },
  windows: { notBefore: -300, notOnOrAfter: 300, confirmation: 300, session: null, authn: 0 },
  nameId: { format: format.unspecified, value: 'alex@example.com' },
  authnContext: context.password,
  sessionIndex: 'assertion',
  attributes: [
    contract('firstname', 'Alex'),
    contract('lastname', 'Example'),
    contract('email', 'alex@example.com'),
    contract('group', 'red,green,blue'),
  ],
  signs: 'response',
  wrap: { signature: 'framed', certificate: 'lines' },
  canEncrypt: cbc(256),
  claims: { email: 'alex@example.com', given_name: 'Alex', family_name: 'Example', groups: ['red,green,blue'] },
  variants: {
    'only the assertion signed, no Destination': {
      change: { signs: 'assertion', responseAttributes: ['Version', 'ID', 'IssueInstant', 'InResponseTo'] },
    },
    'both signed': { change: { signs: 'both' } },
    'no KeyInfo': { change: { keyInfo: 'none' } },
    encrypted: { change: { encryption: cbc(256), signs: 'both' } },
    'encrypted, only the response signed': { change: { encryption: cbc(256) } },
    'default namespace and SHA-1, as older releases': {
      change: { prefixes: { protocol: '', assertion: 'saml', dsig: 'ds' }, algorithm: 'rsa-sha1', digest: 'sha1' },
      refused: 'signature_algorithm',
    },
    'default namespace': { change: { prefixes: { protocol: '', assertion: 'saml', dsig: 'ds' } } },
    'ECDSA with SHA-256': { change: { algorithm: 'ecdsa-sha256' } },
    'startSSO.ping': idpInitiated,
  },
  failures: [
    { codes: ['Responder'], message: 'Invalid or expired session', signed: true, explained: /log/ },
    { codes: ['Responder', 'AuthnFailed'], signed: true, explained: /\*Issuance Criteria\*/ },
    { codes: ['Requester', 'NoAuthnContext'], signed: true, explained: /requested_authn_context/ },
  ],
  labels: {
    acs: 'Endpoint URL',
    audience: 'Partner’s Entity ID (Connection ID)',
    certificate: 'Signing & Decryption Keys & Certificates',
    signAssertion: 'Always Sign Assertion',
    signResponse: 'Sign Response As Required',
    algorithm: 'Signing Algorithm',
    encryption: 'Encryption Policy',
    nameId: 'Subject Name Format',
  },
}
