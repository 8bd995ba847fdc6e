import type { LogoutAttack } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'another issuer stands in the request',
  code: 'issuer_mismatch',
  forge: stage => ({ evil: stage.redirect({ issuer: 'https://other.example/metadata' }), control: stage.redirect() }),
}
