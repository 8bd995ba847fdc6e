import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'the Issuer of the Response is empty, for whoever takes an empty text as none',
  code: 'issuer_mismatch',
  forge: ({ response }) => ({ evil: response({ responseIssuer: '' }), control: response() }),
}
