// Shibboleth: encrypted unless told otherwise, the Response signed with an inclusive xsd prefix, OIDs as names, client addresses.

import { attributeFormat, cbc, common, context, format, gcm, idpInitiated, type Profile } from '../profile.ts'

const released = (oid: string, friendlyName: string, value: string, type?: string) => ({
  ...{ name: `urn:oid:${oid}`, friendlyName, values: [value], format: attributeFormat.uri },
  ...(type === undefined ? {} : { type }),
})
const attributes = [
  released('0.9.2342.19200300.100.1.3', 'mail', 'alex@example.com', 'xsd:string'),
  released('2.5.4.42', 'givenName', 'Alex'),
  released('2.5.4.4', 'sn', 'Example'),
  released('2.16.840.1.113730.3.1.241', 'displayName', 'Alex Example', 'xsd:string'),
  released('0.9.2342.19200300.100.1.1', 'uid', 'aexample'),
  released('1.3.6.1.4.1.5923.1.1.1.6', 'eduPersonPrincipalName', 'aexample@example.edu'),
]
const targeted = { ...released('1.3.6.1.4.1.5923.1.1.1.10', 'eduPersonTargetedID', 'opaque'), nested: true as const }

export const shibboleth: Profile = {
  ...common,
  name: 'Shibboleth',
  provider: 'shibboleth',
  issuer: 'https://idp.corp.example/idp/shibboleth',
  declaration: '<?xml version="1.0" encoding="UTF-8"?>',
  prefixes: { protocol: 'saml2p', assertion: 'saml2', dsig: 'ds' },
  responseAttributes: ['Destination', 'ID', 'InResponseTo', 'IssueInstant', 'Version'],
  ids: { response: '_9f6e1cae7b84d5a0c2f3e4d5b6a79880', assertion: '_2c4b6a8899aabbccddeeff0011223344' },
  windows: { notBefore: 0, notOnOrAfter: 300, confirmation: 300, session: null, authn: 0 },
  nameId: { format: format.persistent, value: 'QX7TMYVN3BQUKPW4', qualified: true },
  authnContext: context.protected,
  address: true,
  attributes,
  types: { on: 'root', prefix: 'xsd' },
  signs: 'response',
  inclusive: ['xsd'],
  wrap: { signature: 'framed', certificate: 'framed' },
  encryption: gcm(128),
  canEncrypt: gcm(128),
  claims: { email: 'alex@example.com', name: 'Alex Example', given_name: 'Alex', family_name: 'Example' },
  variants: {
    'as installed: a transient NameID': {
      change: { nameId: { format: format.transient, value: 'AAdzZWNyZXQx', qualified: true } },
      refused: 'subject_unstable',
    },
    'not encrypted': { change: { encryption: null } },
    WantAssertionsSigned: { change: { signs: 'both' } },
    'WantAssertionsSigned, not encrypted': { change: { signs: 'both', encryption: null } },
    'version 3: AES-128-CBC and xs': {
      change: {
        ...{ encryption: cbc(128), types: { on: 'root', prefix: 'xs' }, inclusive: ['xs'] },
        attributes: attributes.map(one => ('type' in one ? { ...one, type: 'xs:string' } : one)),
      },
    },
    'Java 11: carriage returns': {
      change: { encryption: null, wrap: { signature: 'carriage-returns', certificate: 'carriage-returns' } },
    },
    'eduPersonTargetedID, a name within a value': { change: { attributes: [...attributes, targeted] } },
    'Unsolicited/SSO': idpInitiated,
  },
  failures: [
    {
      codes: ['Requester', 'NoAuthnContext'],
      message: 'An error occurred.',
      signed: true,
      explained: /requested_authn_context/,
    },
    {
      codes: ['Requester', 'InvalidNameIDPolicy'],
      signed: true,
      explained: /nameid_format.*\*conf\/saml-nameid\.xml\*/,
    },
  ],
  labels: {
    acs: 'AssertionConsumerService',
    audience: 'entityID',
    certificate: 'credentials/idp-signing.crt',
    signAssertion: 'p:signAssertions',
    signResponse: 'p:signResponses',
    algorithm: 'idp.signing.config',
    encryption: 'p:encryptAssertions',
    nameId: 'conf/saml-nameid.xml',
  },
}
