import { logoutXml } from '../../support/logout.ts'
import type { LogoutAttack } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'the name is changed after signing',
  code: 'signature_digest',
  forge: stage => ({
    evil: stage.form({}, logoutXml(stage.idp, stage.logout(), true).replace('>alice<', '>bob<')),
    control: stage.form(),
  }),
}
