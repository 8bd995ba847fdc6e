import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'the audience is the beginning of our entity ID, for whoever compares with startsWith',
  code: 'audience_mismatch',
  forge: ({ response }) => ({ evil: response({ audience: 'https://sso.example/saml/c1' }), control: response() }),
}
