import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'the Destination is the beginning of our ACS URL, for whoever compares with startsWith',
  code: 'destination_mismatch',
  forge: ({ response }) => ({
    evil: response({ sign: 'response', destination: 'https://sso.example/saml/c1' }),
    control: response({ sign: 'response' }),
  }),
}
