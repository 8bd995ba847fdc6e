import type { LogoutAttack } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'the person is named by a BaseID',
  code: 'schema_invalid',
  forge: stage => ({
    evil: stage.form({ name: '<saml:BaseID xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"></saml:BaseID>' }),
    control: stage.form(),
  }),
}
