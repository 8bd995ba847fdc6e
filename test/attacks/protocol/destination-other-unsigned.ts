import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'only the Assertion is signed and the Response around it is for another service: present, it must be ours',
  code: 'destination_mismatch',
  forge: ({ response }) => ({ evil: response({ destination: 'https://other.example/acs' }), control: response() }),
}
