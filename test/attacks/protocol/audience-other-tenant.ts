import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'an assertion for another tenant of this very service is posted to ours',
  code: 'audience_mismatch',
  forge: ({ response }) => ({
    evil: response({ audience: 'https://sso.example/saml/c2/metadata' }),
    control: response(),
  }),
}
