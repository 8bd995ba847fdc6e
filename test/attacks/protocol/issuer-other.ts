import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'another identity provider vouches in a Response that names ours: what is inside decides',
  code: 'issuer_mismatch',
  forge: ({ response }) => ({ evil: response({ issuer: 'https://other.example' }), control: response() }),
}
