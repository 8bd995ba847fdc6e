import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'only the Response is signed and it does not say by whom, which the profile forbids',
  code: 'issuer_mismatch',
  forge: ({ response }) => ({
    evil: response({ sign: 'response', responseIssuer: null }),
    control: response({ sign: 'response' }),
  }),
}
