import type { LogoutAttack } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'the request is of SAML 2.1',
  code: 'version_mismatch',
  forge: stage => ({ evil: stage.form({ version: '2.1' }), control: stage.form() }),
}
