import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'an assertion for the ACS of another tenant of this very service is posted to ours',
  code: 'subject_confirmation',
  forge: ({ response }) => ({ evil: response({ recipient: 'https://sso.example/saml/c2/acs' }), control: response() }),
}
