// PingOne: no recording is public, so its shape is a guess; short windows, keys on elliptic curves, a GUID as the name.

import { attributeFormat, cbc, common, context, format, idpInitiated, type Profile } from '../profile.ts'

const mapping = (name: string, ...values: string[]) => ({
  ...{ name, values, format: attributeFormat.basic, type: 'xs:string' },
})
const minute = { notBefore: 0, notOnOrAfter: 60, confirmation: 60, session: 60, authn: 0 }

export const pingOne: Profile = {
  ...common,
  name: 'PingOne',
  provider: 'pingone',
  issuer: 'https://auth.pingone.com/b6d0f0e3-0000-4000-8000-0000000000e1',
  prefixes: { protocol: 'samlp', assertion: 'saml', dsig: 'ds' },
  rootDeclaresAssertion: true,
  responseAttributes: ['ID', 'Version', 'IssueInstant', 'InResponseTo', 'Destination'],
  windows: minute,
  nameId: { format: format.unspecified, value: 'b6d0f0e3-0000-4000-8000-000000000000' },
  authnContext: context.unspecified,
  attributes: [
    mapping('email', 'alex@example.com'),
    mapping('given_name', 'Alex'),
    mapping('family_name', 'Example'),
    mapping('groups', 'Admins'),
  ],
  signs: 'assertion',
  canEncrypt: cbc(256),
  claims: { email: 'alex@example.com', given_name: 'Alex', family_name: 'Example', groups: ['Admins'] },
  variants: {
    'Sign Response': { change: { signs: 'response' } },
    'Sign Assertion & Response': { change: { signs: 'both' } },
    'ECDSA with SHA-256': { change: { algorithm: 'ecdsa-sha256' } },
    'RSA with SHA-384': { change: { algorithm: 'rsa-sha384' } },
    'RSA with SHA-384, digests too': { change: { algorithm: 'rsa-sha384', digest: 'sha384' } },
    'RSA with SHA-512': { change: { algorithm: 'rsa-sha512', digest: 'sha512' } },
    'a session of an hour': { change: { windows: { ...minute, session: 3600 } } },
    'encrypted by AES-256, response signed': { change: { encryption: cbc(256), signs: 'response' } },
    'Initiate Single Sign-On URL': idpInitiated,
  },
  labels: {
    acs: 'ACS URLs',
    audience: 'Entity ID',
    certificate: 'Download Signing Certificate',
    signAssertion: 'Sign Assertion',
    signResponse: 'Sign Response',
    algorithm: 'Signing Key',
    encryption: 'Encryption',
    nameId: 'Subject NameID Format',
  },
}
