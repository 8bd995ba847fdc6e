import type { LogoutAttack } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'a captured signed assertion is sent as a request',
  code: 'logout_layout',
  forge: stage => ({ evil: stage.form({}, stage.assertion()), control: stage.form() }),
}
