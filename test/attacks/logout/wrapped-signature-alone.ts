import { logoutXml } from '../../support/logout.ts'
import type { LogoutAttack } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'the request carries the signature of a captured assertion that is not there',
  code: 'signature_layout',
  forge: stage => {
    const [signature = ''] = /<ds:Signature .*<\/ds:Signature>/s.exec(stage.assertion()) ?? []
    const xml = logoutXml(stage.idp, stage.logout(), false).replace('</saml:Issuer>', `</saml:Issuer>${signature}`)
    return { evil: stage.form({}, xml), control: stage.form() }
  },
}
