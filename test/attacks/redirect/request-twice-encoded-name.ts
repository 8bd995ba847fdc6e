import { join } from '../../support/logout.ts'
import { type LogoutAttack, query } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'SAMLRequest stands a second time with a letter of its name percent-encoded',
  code: 'redirect_malformed',
  forge: stage => {
    const good = stage.query()
    const other = stage.query()
    return {
      evil: query(`${join(good)}&${other.message.replace('SAMLRequest', 'SAMLReques%74')}`),
      control: query(join(good)),
    }
  },
}
