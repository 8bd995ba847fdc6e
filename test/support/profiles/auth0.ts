// Auth0's SAML2 addon, after SHA-256 was set in its JSON: no prefix on the Signature, booleans and stringified objects as values.

import { attributeFormat, common, context, format, gcm, idpInitiated, type Profile, sha1, ws } from '../profile.ts'

const mapped = (name: string, value: string, type = 'xs:string') => ({
  ...{ name, values: [value], format: attributeFormat.uri, type },
})

export const auth0: Profile = {
  ...common,
  name: 'Auth0',
  provider: 'auth0',
  issuer: 'urn:example-corp.eu.auth0.com',
  prefixes: { protocol: 'samlp', assertion: 'saml', dsig: '' },
  responseAttributes: ['ID', 'InResponseTo', 'Version', 'IssueInstant', 'Destination'],
  ids: { response: '_ceed93d8b7a7c25f0d63', assertion: '_eHQmXzUjCwm4qLMDnBFQ3bSAvF7VXpCl' },
  times: { response: 'seconds', assertion: 'milliseconds', authn: 'milliseconds' },
  windows: { notBefore: 0, notOnOrAfter: 3600, confirmation: 3600, session: null, authn: 0 },
  nameId: { format: format.unspecified, value: 'auth0|0123456789abcdef' },
  authnContext: context.unspecified,
  attributes: [
    mapped(`${ws}/nameidentifier`, 'auth0|0123456789abcdef'),
    mapped(`${ws}/emailaddress`, 'alex@example.com'),
    mapped(`${ws}/name`, 'Alex Example'),
    mapped(`${ws}/givenname`, 'Alex'),
    mapped(`${ws}/surname`, 'Example'),
    mapped(`${ws}/upn`, 'alex@corp.example.com'),
    mapped('http://schemas.auth0.com/email_verified', 'true', 'xs:boolean'),
    mapped('http://schemas.auth0.com/logins_count', '17', 'xs:double'),
    mapped('http://schemas.auth0.com/identities/default/provider', 'auth0'),
    mapped('http://schemas.auth0.com/created_at', 'Mon Jul 25 2016 18:29:17 GMT+0000 (UTC)', 'xs:anyType'),
    mapped('http://schemas.auth0.com/user_metadata', '[object Object]'),
  ],
  signs: 'assertion',
  canEncrypt: gcm(256),
  claims: { email: 'alex@example.com', name: 'Alex Example', given_name: 'Alex', family_name: 'Example' },
  variants: {
    'SHA-1, as it comes from the factory': sha1,
    signResponse: { change: { signs: 'response' } },
    'the Signature at the end of the Response, as in 2016': {
      change: { signs: 'response', signatureIndex: 3 },
      refused: 'schema_invalid',
    },
    'encrypted by AES-GCM': { change: { encryption: gcm(256) } },
    'link with a connection': idpInitiated,
  },
  failures: [
    {
      codes: ['Responder', 'AuthnFailed'],
      message: 'The user did not pass the rules.',
      messageAsAttribute: true,
      signed: false,
      explained: /\*Connections\*/,
    },
  ],
  labels: {
    acs: 'Application Callback URL',
    audience: 'audience',
    certificate: 'Identity Provider Certificate',
    signAssertion: 'signResponse',
    signResponse: 'signResponse',
    algorithm: 'signatureAlgorithm',
    encryption: 'encryptionCert',
    nameId: 'nameIdentifierFormat',
  },
}
