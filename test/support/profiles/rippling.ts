// Rippling: no recording is public, so its shape is a guess. What it sends unasked names a request all the same, until switched off.

import { common, context, format, idpInitiated, type Profile } from '../profile.ts'

const attribute = (name: string, value: string) => ({ name, values: [value] })

export const rippling: Profile = {
  ...common,
  name: 'Rippling',
  provider: 'custom',
  issuer: 'https://app.rippling.com/5f6a7b8c9d0e/idp.xml',
  prefixes: { protocol: 'samlp', assertion: 'saml', dsig: 'ds' },
  windows: { notBefore: -60, notOnOrAfter: 300, confirmation: 300, session: null, authn: 0 },
  nameId: { format: format.email, value: 'alex@example.com' },
  authnContext: context.protected,
  attributes: [
    attribute('email', 'alex@example.com'),
    attribute('firstName', 'Alex'),
    attribute('lastName', 'Example'),
  ],
  signs: 'assertion',
  canEncrypt: null,
  claims: { email: 'alex@example.com', given_name: 'Alex', family_name: 'Example' },
  variants: {
    'only the response signed': { change: { signs: 'response' } },
    'both signed': { change: { signs: 'both' } },
    'app tile, InResponseTo switched off': idpInitiated,
  },
  labels: null,
}
