import type { LogoutAttack } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'the issuer is empty',
  code: 'issuer_mismatch',
  forge: stage => ({ evil: stage.form({ issuer: '' }), control: stage.form() }),
}
