import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'a Response that was addressed to another service is posted to us',
  code: 'destination_mismatch',
  forge: ({ response }) => ({
    evil: response({ sign: 'response', destination: 'https://other.example/acs' }),
    control: response({ sign: 'response' }),
  }),
}
