import { logoutXml } from '../../support/logout.ts'
import type { LogoutAttack } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'a captured signed assertion stands in the Extensions of an unsigned request',
  code: 'logout_layout',
  forge: stage => {
    const extensions = `<samlp:Extensions>${stage.assertion()}</samlp:Extensions>`
    const xml = logoutXml(stage.idp, stage.logout({ extensions }), false)
    return { evil: stage.form({}, xml), control: stage.form() }
  },
}
