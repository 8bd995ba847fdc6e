import { logoutXml, nameId } from '../../support/logout.ts'
import type { LogoutAttack } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'a signed request stands in the Extensions of an unsigned one',
  code: 'signature_layout',
  forge: stage => {
    const inner = logoutXml(stage.idp, stage.logout(), true)
    const extensions = `<samlp:Extensions><x:a xmlns:x="urn:x">${inner}</x:a></samlp:Extensions>`
    const xml = logoutXml(stage.idp, stage.logout({ extensions, name: nameId('bob') }), false)
    return { evil: stage.form({}, xml), control: stage.form({}, inner) }
  },
}
