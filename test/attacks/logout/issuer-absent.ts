import type { LogoutAttack } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'no issuer stands in the request',
  code: 'issuer_mismatch',
  forge: stage => ({
    evil: stage.redirect({ edit: xml => xml.replace(/<saml:Issuer.*<\/saml:Issuer>/, '') }),
    control: stage.redirect(),
  }),
}
