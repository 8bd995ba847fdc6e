// SimpleSAMLphp: both signed, times without milliseconds, a transient name unless told otherwise, a session of eight hours.

import { attributeFormat, cbc, common, context, format, idpInitiated, type Profile, sha1 } from '../profile.ts'

const released = (name: string, ...values: string[]) => ({
  ...{ name, values, format: attributeFormat.uri, type: 'xs:string' },
})
const person = [released('uid', 'aexample'), released('mail', 'alex@example.com'), released('cn', 'Alex Example')]
const more = [released('sn', 'Example'), released('eduPersonAffiliation', 'user', 'staff')]

export const simpleSamlPhp: Profile = {
  ...common,
  name: 'SimpleSAMLphp',
  provider: 'simplesamlphp',
  issuer: 'https://login.corp.example/simplesaml/saml2/idp/metadata.php',
  prefixes: { protocol: 'samlp', assertion: 'saml', dsig: 'ds' },
  rootDeclaresAssertion: true,
  ids: {
    response: '_8d3a2b1c0e4f5a69788796a5b4c3d2e1f0a1b2c3d4',
    assertion: '_0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b',
  },
  times: { response: 'seconds', assertion: 'seconds', authn: 'seconds' },
  windows: { notBefore: -30, notOnOrAfter: 300, confirmation: 300, session: 28800, authn: 0 },
  nameId: { format: format.persistent, value: '3f7b3dcf1674ecd492c92f1544f34baf', qualified: true },
  authnContext: context.protected,
  attributes: [...person, ...more],
  types: { on: 'assertion', prefix: 'xs' },
  signs: 'both',
  canEncrypt: cbc(128),
  claims: { email: 'alex@example.com', name: 'Alex Example', family_name: 'Example' },
  variants: {
    'as installed: a transient NameID': {
      change: { nameId: { format: format.transient, value: '_7a6b5c4d', qualified: true } },
      refused: 'subject_unstable',
    },
    '1.x with SHA-1': sha1,
    'basic names, as 1.x': {
      change: { attributes: [...person, ...more].map(one => ({ ...one, format: attributeFormat.basic })) },
    },
    'only the response signed': { change: { signs: 'response' } },
    'only the assertion signed': { change: { signs: 'assertion' } },
    encrypted: { change: { encryption: cbc(128) } },
    'RSA-SHA512': { change: { algorithm: 'rsa-sha512', digest: 'sha512' } },
    'link with spentityid': idpInitiated,
  },
  failures: [
    {
      codes: ['Responder', 'NoPassive'],
      message: 'Passive authentication not supported.',
      signed: true,
      explained: /prompt=none/,
    },
  ],
  labels: {
    acs: 'AssertionConsumerService',
    audience: "$metadata['…']",
    certificate: 'X509Certificate',
    signAssertion: 'saml20.sign.assertion',
    signResponse: 'saml20.sign.response',
    algorithm: 'signature.algorithm',
    encryption: 'assertion.encryption',
    nameId: 'NameIDFormat',
  },
}
