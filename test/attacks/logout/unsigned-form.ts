import { logoutXml } from '../../support/logout.ts'
import type { LogoutAttack } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'the form is not signed',
  code: 'signature_missing',
  forge: stage => ({ evil: stage.form({}, logoutXml(stage.idp, stage.logout(), false)), control: stage.form() }),
}
