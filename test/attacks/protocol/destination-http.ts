import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'the Destination is our ACS over http, where somebody may have listened',
  code: 'destination_mismatch',
  forge: ({ response }) => ({
    evil: response({ sign: 'response', destination: 'http://sso.example/saml/c1/acs' }),
    control: response({ sign: 'response' }),
  }),
}
