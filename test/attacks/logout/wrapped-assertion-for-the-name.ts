import { logoutXml } from '../../support/logout.ts'
import type { LogoutAttack } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'a captured signed assertion stands where the name belongs',
  code: 'schema_invalid',
  forge: stage => {
    const xml = logoutXml(stage.idp, stage.logout({ name: stage.assertion() }), false)
    return { evil: stage.form({}, xml), control: stage.form() }
  },
}
