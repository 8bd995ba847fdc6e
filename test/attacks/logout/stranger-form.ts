import { logoutXml } from '../../support/logout.ts'
import type { LogoutAttack } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'a stranger signed the form',
  code: 'signature_unknown_key',
  forge: stage => ({ evil: stage.form({}, logoutXml(stage.stranger, stage.logout(), true)), control: stage.form() }),
}
