import { logoutXml } from '../../support/logout.ts'
import type { LogoutAttack } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'the signature of a captured assertion is moved to the request around it',
  code: 'logout_layout',
  forge: stage => {
    const assertion = stage.assertion()
    const [signature = ''] = /<ds:Signature .*<\/ds:Signature>/s.exec(assertion) ?? []
    const extensions = `<samlp:Extensions>${assertion.replace(signature, '')}</samlp:Extensions>`
    const xml = logoutXml(stage.idp, stage.logout({ extensions }), false)
    const evil = xml.replace('</saml:Issuer>', `</saml:Issuer>${signature}`)
    return { evil: stage.form({}, evil), control: stage.form() }
  },
}
