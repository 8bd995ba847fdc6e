import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'the Recipient is the beginning of our ACS URL, for whoever compares with startsWith',
  code: 'subject_confirmation',
  forge: ({ response }) => ({ evil: response({ recipient: 'https://sso.example/saml/c1' }), control: response() }),
}
