import { logoutXml } from '../../support/logout.ts'
import type { LogoutAttack } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'the response is not signed',
  code: 'signature_missing',
  forge: stage => ({
    evil: stage.form(
      { element: 'LogoutResponse' },
      logoutXml(stage.idp, stage.logout({ element: 'LogoutResponse' }), false),
    ),
    control: stage.form({ element: 'LogoutResponse', inResponseTo: '_request' }),
  }),
}
