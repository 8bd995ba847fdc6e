import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'a service that was given the assertion passes it on: the Recipient is its own ACS',
  code: 'subject_confirmation',
  forge: ({ response }) => ({ evil: response({ recipient: 'https://other.example/acs' }), control: response() }),
}
