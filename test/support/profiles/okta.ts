// Okta: both signatures with an inclusive xs prefix, its types declared at the root, the EncryptedKey beside the data.

import { attributeFormat, cbc, common, context, format, idpInitiated, type Profile, sha1 } from '../profile.ts'

const statement = (name: string, ...values: string[]) => ({
  ...{ name, values, format: attributeFormat.unspecified, type: 'xs:string' },
})

export const okta: Profile = {
  ...common,
  name: 'Okta',
  provider: 'okta',
  issuer: 'http://www.okta.com/exk1fcia6d6EMsf331d8',
  declaration: '<?xml version="1.0" encoding="UTF-8"?>',
  prefixes: { protocol: 'saml2p', assertion: 'saml2', dsig: 'ds' },
  responseAttributes: ['Destination', 'ID', 'InResponseTo', 'IssueInstant', 'Version'],
  ids: { response: 'id16250274181228001', assertion: 'id16250274183105002' },
  windows: { notBefore: -300, notOnOrAfter: 300, confirmation: 300, session: null, authn: 0 },
  issuerFormat: format.entity,
  nameId: { format: format.unspecified, value: 'alex@example.com' },
  authnContext: context.protected,
  sessionIndex: 'request',
  attributes: [
    statement('email', 'alex@example.com'),
    statement('firstName', 'Alex'),
    statement('lastName', 'Example'),
    statement('groups', 'Everyone', 'Admins'),
  ],
  types: { on: 'root', prefix: 'xs' },
  signs: 'both',
  inclusive: ['xs'],
  wrap: { signature: 'none', certificate: 'lines' },
  repeats: ['protocol-on-status'],
  canEncrypt: { ...cbc(256), place: 'sibling' },
  claims: { email: 'alex@example.com', given_name: 'Alex', family_name: 'Example', groups: ['Everyone', 'Admins'] },
  variants: {
    'only the assertion signed': { change: { signs: 'assertion' } },
    'only the response signed': { change: { signs: 'response' } },
    'encrypted, found through RetrievalMethod': { change: { encryption: { ...cbc(256), place: 'sibling' } } },
    'no attributes, so no xs': {
      change: { attributes: [] },
      claims: { email: undefined, given_name: undefined, family_name: undefined, groups: undefined },
    },
    'dashboard tile': idpInitiated,
    'SHA-1': sha1,
  },
  labels: {
    acs: 'Single sign-on URL',
    recipient: 'Use this for Recipient URL and Destination URL',
    audience: 'Audience URI (SP Entity ID)',
    certificate: 'Signing Certificate',
    signAssertion: 'Assertion Signature',
    signResponse: 'Response',
    algorithm: 'Signature Algorithm',
    encryption: 'Assertion Encryption',
    nameId: 'Name ID format',
  },
}
