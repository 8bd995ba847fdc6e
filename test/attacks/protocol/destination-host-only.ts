import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'the Destination is our host alone, for whoever compares origins',
  code: 'destination_mismatch',
  forge: ({ response }) => ({
    evil: response({ sign: 'response', destination: 'https://sso.example' }),
    control: response({ sign: 'response' }),
  }),
}
