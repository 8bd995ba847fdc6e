import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'the Issuer is empty, for whoever compares only where there is a text',
  code: 'issuer_mismatch',
  forge: ({ response }) => ({ evil: response({ issuer: '' }), control: response() }),
}
