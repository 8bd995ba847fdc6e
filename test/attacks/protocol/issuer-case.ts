import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'the Issuer differs from ours in case only: it is a name, not an address',
  code: 'issuer_mismatch',
  forge: ({ response }) => ({ evil: response({ issuer: 'https://IDP.example/metadata' }), control: response() }),
}
