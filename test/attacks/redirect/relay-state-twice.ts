import { join } from '../../support/logout.ts'
import { type LogoutAttack, query } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'RelayState stands twice',
  code: 'redirect_malformed',
  forge: stage => {
    const good = stage.query()
    return { evil: query(`${join(good)}&RelayState=evil`), control: query(join(good)) }
  },
}
