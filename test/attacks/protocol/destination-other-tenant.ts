import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'a Response to the ACS of another tenant of this very service is posted to ours',
  code: 'destination_mismatch',
  forge: ({ response }) => ({
    evil: response({ sign: 'response', destination: 'https://sso.example/saml/c2/acs' }),
    control: response({ sign: 'response' }),
  }),
}
