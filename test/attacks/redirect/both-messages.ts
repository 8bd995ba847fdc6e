import { join } from '../../support/logout.ts'
import { type LogoutAttack, query } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'a SAMLResponse stands beside the signed SAMLRequest',
  code: 'redirect_malformed',
  forge: stage => {
    const good = stage.query()
    return {
      evil: query(`${join(good)}&${good.message.replace('SAMLRequest', 'SAMLResponse')}`),
      control: query(join(good)),
    }
  },
}
