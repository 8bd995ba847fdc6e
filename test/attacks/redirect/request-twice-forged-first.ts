import { join } from '../../support/logout.ts'
import { type LogoutAttack, query } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'SAMLRequest stands twice, the signed one last',
  code: 'redirect_malformed',
  forge: stage => {
    const good = stage.query()
    const other = stage.query()
    return { evil: query(`${other.message}&${join(good)}`), control: query(join(good)) }
  },
}
