import { logoutXml } from '../../support/logout.ts'
import type { LogoutAttack } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'a captured assertion stands in an Object of its own signature, moved to the request',
  code: 'logout_layout',
  forge: stage => {
    const assertion = stage.assertion()
    const [signature = ''] = /<ds:Signature .*<\/ds:Signature>/s.exec(assertion) ?? []
    const inside = `<ds:Object>${assertion.replace(signature, '')}</ds:Object></ds:Signature>`
    const moved = `</saml:Issuer>${signature.replace('</ds:Signature>', inside)}`
    const xml = logoutXml(stage.idp, stage.logout(), false).replace('</saml:Issuer>', moved)
    return { evil: stage.form({}, xml), control: stage.form() }
  },
}
