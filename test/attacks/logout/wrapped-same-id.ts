import { logoutXml } from '../../support/logout.ts'
import type { LogoutAttack } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'the request has the ID of the captured assertion whose signature it carries',
  code: 'signature_digest',
  forge: stage => {
    const assertion = stage.assertion()
    const id = / ID="([^"]+)"/.exec(assertion)?.[1] ?? ''
    const [signature = ''] = /<ds:Signature .*<\/ds:Signature>/s.exec(assertion) ?? []
    const xml = logoutXml(stage.idp, stage.logout({ id }), false).replace(
      '</saml:Issuer>',
      `</saml:Issuer>${signature}`,
    )
    return { evil: stage.form({}, xml), control: stage.form() }
  },
}
