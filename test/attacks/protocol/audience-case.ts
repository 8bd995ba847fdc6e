import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'the audience differs from our entity ID in case only: it is a name, not an address',
  code: 'audience_mismatch',
  forge: ({ response }) => ({
    evil: response({ audience: 'https://SSO.example/saml/c1/metadata' }),
    control: response(),
  }),
}
