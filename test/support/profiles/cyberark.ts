// CyberArk Identity: no recording is public, so its shape is a guess. It has no words of its own in a connection.

import { cbc, common, context, format, idpInitiated, type Profile } from '../profile.ts'

const attribute = (name: string, value: string) => ({ name, values: [value] })

export const cyberArk: Profile = {
  ...common,
  name: 'CyberArk Identity',
  provider: 'custom',
  issuer: 'https://abc1234.id.cyberark.cloud/5d6e7f80-0000-4000-8000-9a0b1c2d3e4f',
  prefixes: { protocol: 'samlp', assertion: 'saml', dsig: '' },
  ids: { response: '_1f0e2d3c-4b5a-4697', assertion: '_8796a5b4-c3d2-41e0' },
  windows: { notBefore: -300, notOnOrAfter: 300, confirmation: 300, session: null, authn: 0 },
  nameId: { format: format.unspecified, value: 'alex@corp.example.com' },
  authnContext: context.unspecified,
  attributes: [
    attribute('email', 'alex@example.com'),
    attribute('firstName', 'Alex'),
    attribute('lastName', 'Example'),
    attribute('groups', 'Admins'),
  ],
  signs: 'response',
  canEncrypt: cbc(256),
  claims: { email: 'alex@example.com', given_name: 'Alex', family_name: 'Example', groups: ['Admins'] },
  variants: {
    'Sign Assertion': { change: { signs: 'assertion' } },
    'Sign Both': { change: { signs: 'both' } },
    encrypted: { change: { encryption: cbc(256) } },
    'user portal tile': idpInitiated,
  },
  labels: null,
}
