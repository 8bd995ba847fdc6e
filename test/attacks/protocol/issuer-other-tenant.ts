import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'the identity provider of another tenant, with the same host and key, vouches for our people',
  code: 'issuer_mismatch',
  forge: ({ response }) => ({
    evil: response({ issuer: 'https://idp.example/c2/metadata', responseIssuer: null }),
    control: response({ responseIssuer: null }),
  }),
}
