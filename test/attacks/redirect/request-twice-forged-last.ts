import { join } from '../../support/logout.ts'
import { type LogoutAttack, query } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'SAMLRequest stands twice, the signed one first',
  code: 'redirect_malformed',
  forge: stage => {
    const good = stage.query()
    const other = stage.query()
    return { evil: query(`${join(good)}&${other.message}`), control: query(join(good)) }
  },
}
