import { logoutXml, nameId } from '../../support/logout.ts'
import type { LogoutAttack } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'the signature of a signed request is moved to the one around it',
  code: 'signature_layout',
  forge: stage => {
    const inner = logoutXml(stage.idp, stage.logout(), true)
    const [signature = ''] = /<ds:Signature .*<\/ds:Signature>/s.exec(inner) ?? []
    const extensions = `<samlp:Extensions><x:a xmlns:x="urn:x">${inner.replace(signature, '')}</x:a></samlp:Extensions>`
    const around = logoutXml(stage.idp, stage.logout({ extensions, name: nameId('bob') }), false)
    const xml = around.replace('</saml:Issuer>', `</saml:Issuer>${signature}`)
    return { evil: stage.form({}, xml), control: stage.form({}, inner) }
  },
}
