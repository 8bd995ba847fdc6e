// Microsoft AD FS: ds: on the Signature but none on the Assertion, a blank before the slash, Consent, NotBefore at the very second.

import { cbc, common, context, format, type Profile, sha1, ws } from '../profile.ts'

const rule = (name: string, ...values: string[]) => ({ name, values })
const hour = { notBefore: 0, notOnOrAfter: 3600, confirmation: 300, session: null, authn: 0 }

export const adfs: Profile = {
  ...common,
  name: 'Microsoft AD FS',
  provider: 'adfs',
  issuer: 'http://fs.corp.example/adfs/services/trust',
  prefixes: { protocol: 'samlp', assertion: '', dsig: 'ds' },
  responseAttributes: ['ID', 'Version', 'IssueInstant', 'Destination', 'Consent', 'InResponseTo'],
  ids: { response: '_4b1d2a60-2f55-4c73', assertion: '_e9b0c1f2-6d7a-4a1b' },
  windows: hour,
  order: ['Subject', 'Conditions', 'AttributeStatement', 'AuthnStatement'],
  nameId: { format: format.email, value: 'alex@example.com' },
  authnContext: context.protected,
  sessionIndex: 'assertion',
  attributes: [
    rule(`${ws}/emailaddress`, 'alex@example.com'),
    rule(`${ws}/givenname`, 'Alex'),
    rule(`${ws}/surname`, 'Example'),
    rule(`${ws}/upn`, 'alex@corp.example.com'),
    rule(`${ws}/name`, 'Alex Example'),
    rule('http://schemas.xmlsoap.org/claims/Group', 'Domain Users', 'R&D Überblick'),
  ],
  signs: 'assertion',
  keyInfo: 'mixed-prefixes',
  emptyElements: ' />',
  canEncrypt: cbc(256),
  claims: {
    ...{ email: 'alex@example.com', name: 'Alex Example', given_name: 'Alex', family_name: 'Example' },
    groups: ['Domain Users', 'R&D Überblick'],
  },
  variants: {
    MessageOnly: { change: { signs: 'response' } },
    MessageAndAssertion: { change: { signs: 'both' } },
    'encrypted, the message unsigned': { change: { encryption: cbc(256) }, refused: 'encryption_cbc_unsigned' },
    'encrypted, MessageAndAssertion': { change: { encryption: cbc(256), signs: 'both' } },
    'no rule for Name ID': { change: { nameId: null }, refused: 'subject_missing' },
    'Windows integrated authentication': { change: { authnContext: 'urn:federation:authentication:windows' } },
    'a clock 20 seconds ahead of ours': { change: { windows: { ...hour, notBefore: 20 } } },
    'SHA-1': sha1,
    'idpinitiatedsignon.aspx': { inResponseTo: null },
  },
  failures: [
    {
      codes: ['Requester', 'InvalidNameIDPolicy'],
      signed: true,
      explained: /nameid_format.*\*Transform an Incoming Claim\*/,
    },
    { codes: ['Requester', 'NoAuthnContext'], signed: true, explained: /requested_authn_context/ },
    {
      codes: ['Responder'],
      message: 'MSIS7007: The requested relying party trust is unspecified.',
      signed: false,
      explained: /\*Relying party trust identifier\*/,
    },
  ],
  labels: {
    acs: 'Relying party SAML 2.0 SSO service URL',
    audience: 'Relying party trust identifier',
    certificate: 'Token-signing certificate',
    signAssertion: 'AssertionOnly',
    signResponse: 'MessageOnly',
    algorithm: 'Secure hash algorithm',
    encryption: 'Encryption',
    nameId: 'Name ID',
  },
}
