import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'the assertion is for another service, which passes it on to us',
  code: 'audience_mismatch',
  forge: ({ response }) => ({ evil: response({ audience: 'https://other.example/metadata' }), control: response() }),
}
