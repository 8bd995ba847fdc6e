import type { LogoutAttack } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'the issuer has the format of a person',
  code: 'issuer_mismatch',
  forge: stage => ({
    evil: stage.redirect({ edit: xml => xml.replace('<saml:Issuer ', '<saml:Issuer Format="urn:x" ') }),
    control: stage.redirect(),
  }),
}
