import type { LogoutAttack } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'the signed request says not where it goes',
  code: 'destination_mismatch',
  forge: stage => ({ evil: stage.form({ destination: null }), control: stage.form() }),
}
