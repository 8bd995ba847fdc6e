import type { LogoutAttack } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'the request is for our ACS',
  code: 'destination_mismatch',
  forge: stage => ({ evil: stage.form({ destination: stage.sp.acsUrl }), control: stage.form() }),
}
