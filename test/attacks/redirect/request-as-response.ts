import { join } from '../../support/logout.ts'
import { type LogoutAttack, query } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'the signed request is given as a SAMLResponse',
  code: 'logout_layout',
  forge: stage => {
    const good = stage.query()
    return {
      evil: query(join({ ...good, message: good.message.replace('SAMLRequest', 'SAMLResponse') })),
      control: query(join(good)),
    }
  },
}
