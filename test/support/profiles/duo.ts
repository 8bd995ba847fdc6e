// Duo Single Sign-On: no recording is public, so its shape is a guess; the entity ID says "sp" although it is the provider's.

import { attributeFormat, common, context, format, gcm, idpInitiated, type Profile } from '../profile.ts'

const attribute = (name: string, value: string) => ({
  ...{ name, values: [value], format: attributeFormat.unspecified, type: 'xs:string' },
})

export const duo: Profile = {
  ...common,
  name: 'Duo Single Sign-On',
  provider: 'duo',
  issuer: 'https://sso-1a2b3c4d.sso.duosecurity.com/saml2/sp/DI0123456789ABCDEF/metadata',
  prefixes: { protocol: 'samlp', assertion: 'saml', dsig: 'ds' },
  windows: { notBefore: -60, notOnOrAfter: 300, confirmation: 300, session: null, authn: 0 },
  nameId: { format: format.email, value: 'alex@example.com' },
  authnContext: context.protected,
  attributes: [
    attribute('email', 'alex@example.com'),
    attribute('firstName', 'Alex'),
    attribute('lastName', 'Example'),
    attribute('role', 'admin'),
  ],
  signs: 'both',
  canEncrypt: gcm(256),
  claims: { email: 'alex@example.com', given_name: 'Alex', family_name: 'Example' },
  variants: {
    'only Sign assertion': { change: { signs: 'assertion' } },
    'only Sign response': { change: { signs: 'response' } },
    encrypted: { change: { encryption: gcm(256) } },
    'Duo Central tile': idpInitiated,
  },
  labels: {
    acs: 'Assertion Consumer Service (ACS) URL',
    audience: 'Entity ID',
    certificate: 'Download certificate',
    signAssertion: 'Sign assertion',
    signResponse: 'Sign response',
    algorithm: 'Signature algorithm',
    encryption: 'Assertion encryption',
    nameId: 'NameID format',
  },
}
