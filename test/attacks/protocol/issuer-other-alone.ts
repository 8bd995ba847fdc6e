import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'another identity provider vouches and the Response names nobody',
  code: 'issuer_mismatch',
  forge: ({ response }) => ({
    evil: response({ issuer: 'https://other.example', responseIssuer: null }),
    control: response({ responseIssuer: null }),
  }),
}
