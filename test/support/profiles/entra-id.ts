// Microsoft Entra ID: no prefixes on Assertion and Signature, the Assertion signed, groups as GUIDs.

import { cbc, common, context, format, idpInitiated, type Profile, sha1, ws } from '../profile.ts'

const tenant = '00000000-0000-4000-8000-00000000aaaa'
const graph = 'https://graph.windows.net/00000000-0000-4000-8000-00000000aaaa/users/bbbb/getMemberObjects'
const claim = (name: string, ...values: string[]) => ({ name, values })

const base = [
  claim('http://schemas.microsoft.com/identity/claims/tenantid', tenant),
  claim('http://schemas.microsoft.com/identity/claims/objectidentifier', '00000000-0000-4000-8000-00000000bbbb'),
  claim('http://schemas.microsoft.com/identity/claims/displayname', 'Alex Example'),
  claim('http://schemas.microsoft.com/identity/claims/identityprovider', `https://sts.windows.net/${tenant}/`),
  claim(
    'http://schemas.microsoft.com/claims/authnmethodsreferences',
    'http://schemas.microsoft.com/ws/2008/06/identity/claims/authenticationmethod/password',
    'http://schemas.microsoft.com/claims/multipleauthn',
  ),
  claim(`${ws}/givenname`, 'Alex'),
  claim(`${ws}/surname`, 'Example'),
]
const mail = claim(`${ws}/emailaddress`, 'alex@example.com')
const upn = claim(`${ws}/name`, 'alex@corp.example.com')
const groups = claim('http://schemas.microsoft.com/ws/2008/06/identity/claims/groups', '1111-2222', '3333-4444')

export const entraId: Profile = {
  ...common,
  name: 'Microsoft Entra ID',
  provider: 'entra-id',
  issuer: `https://sts.windows.net/${tenant}/`,
  prefixes: { protocol: 'samlp', assertion: '', dsig: '' },
  ids: { response: '_8e8dc5f6-9a5c-4d31', assertion: '_75b9c7a1-0f4e-4b62' },
  windows: { notBefore: -300, notOnOrAfter: 3600, confirmation: 3600, session: null, authn: -27128 },
  order: ['Subject', 'Conditions', 'AttributeStatement', 'AuthnStatement'],
  nameId: { format: format.email, value: 'alex@corp.example.com' },
  authnContext: context.password,
  sessionIndex: 'assertion',
  attributes: [...base, mail, upn, groups],
  signs: 'assertion',
  canEncrypt: cbc(256),
  claims: {
    ...{ email: 'alex@example.com', name: 'Alex Example', given_name: 'Alex', family_name: 'Example' },
    groups: ['1111-2222', '3333-4444'],
  },
  variants: {
    'Sign SAML response': { change: { signs: 'response' } },
    'Sign SAML response and assertion': { change: { signs: 'both' } },
    'SHA-1': sha1,
    'persistent NameID': { change: { nameId: { format: format.persistent, value: 'pairwise-opaque' } } },
    'over 150 groups': {
      change: { attributes: [...base, mail, upn, claim('http://schemas.microsoft.com/claims/groups.link', graph)] },
      claims: { groups: undefined, groups_overage: true },
    },
    'a user without mail': {
      change: { attributes: [...base, upn, groups] },
      claims: { email: 'alex@corp.example.com' },
    },
    'application ID appended to the issuer': { change: { issuer: `https://sts.windows.net/${tenant}/cccc` } },
    'token encryption': { change: { encryption: cbc(256) }, refused: 'encryption_cbc_unsigned' },
    'token encryption, response signed': { change: { encryption: cbc(256), signs: 'both' } },
    'My Apps tile': idpInitiated,
  },
  failures: [
    {
      codes: ['Requester', 'RequestUnsupported'],
      message: "AADSTS75011: Authentication method 'Password' doesn't match requested method. Trace ID: 0000",
      signed: false,
      explained: /requested_authn_context/,
    },
    {
      codes: ['Requester', 'RequestDenied'],
      message: 'AADSTS50105: The signed in user is not assigned to a role for the application.',
      signed: false,
      explained: /\*Users and groups\*/,
    },
    {
      codes: ['Responder'],
      message: 'AADSTS50011: The reply URL specified in the request does not match the reply URLs configured.',
      signed: false,
      explained: /\*Reply URL \(Assertion Consumer Service URL\)\*/,
    },
    {
      codes: ['Requester', 'InvalidNameIDPolicy'],
      message: 'AADSTS75016: the NameIDPolicy is not supported.',
      signed: false,
      explained: /nameid_format/,
    },
  ],
  labels: {
    acs: 'Reply URL (Assertion Consumer Service URL)',
    audience: 'Identifier (Entity ID)',
    certificate: 'Certificate (Base64)',
    signAssertion: 'Sign SAML assertion',
    signResponse: 'Sign SAML response',
    algorithm: 'Signing Algorithm',
    encryption: 'Token encryption',
    nameId: 'Unique User Identifier (Name ID)',
  },
}
