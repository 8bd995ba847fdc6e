import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'the Issuer begins with the one we trust and goes on, for whoever compares with startsWith',
  code: 'issuer_mismatch',
  forge: ({ idp, response }) => ({ evil: response({ issuer: `${idp.issuer}.evil.example` }), control: response() }),
}
