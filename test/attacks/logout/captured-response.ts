import type { LogoutAttack } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'a captured signed sign-in Response is sent as a request',
  code: 'logout_layout',
  forge: stage => ({ evil: stage.form({}, stage.response({ sign: 'both' })), control: stage.form() }),
}
