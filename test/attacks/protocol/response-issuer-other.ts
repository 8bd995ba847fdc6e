import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'the Response is of another issuer than the assertion in it',
  code: 'issuer_mismatch',
  forge: ({ response }) => ({
    evil: response({ sign: 'response', responseIssuer: 'https://other.example' }),
    control: response({ sign: 'response' }),
  }),
}
