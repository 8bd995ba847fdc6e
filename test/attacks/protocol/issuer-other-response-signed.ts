import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'the trusted key signs a Response around an assertion that names another issuer',
  code: 'issuer_mismatch',
  forge: ({ response }) => ({
    evil: response({ sign: 'response', issuer: 'https://other.example' }),
    control: response({ sign: 'response' }),
  }),
}
