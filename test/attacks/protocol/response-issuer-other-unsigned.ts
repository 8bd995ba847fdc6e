import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'the unsigned Response around a good assertion names another issuer: whom would the log blame',
  code: 'issuer_mismatch',
  forge: ({ response }) => ({ evil: response({ responseIssuer: 'https://other.example' }), control: response() }),
}
