import type { Attack } from '../../support/attack.ts'
import { signatureOf } from '../../support/dsig.ts'
import { instant } from '../../support/idp.ts'

export const attack: Attack = {
  misdeed: 'a LogoutResponse, well signed by the identity provider, is posted where a Response belongs',
  code: 'response_layout',
  forge: ({ idp, parts, response }) => {
    const p = parts()
    const start =
      '<samlp:LogoutResponse xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"' +
      ` ID="${p.responseId}" InResponseTo="${p.inResponseTo}" IssueInstant="${instant(p.now)}" Version="2.0">` +
      `<saml:Issuer xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">${idp.issuer}</saml:Issuer>`
    const end = `<samlp:Status><samlp:StatusCode Value="${p.status}"></samlp:StatusCode></samlp:Status></samlp:LogoutResponse>`
    return { evil: start + signatureOf(idp, start + end, p.responseId) + end, control: response(p) }
  },
}
