import { join } from '../../support/logout.ts'
import { type LogoutAttack, query } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'SigAlg stands twice, the second unsigned',
  code: 'redirect_malformed',
  forge: stage => {
    const good = stage.query()
    return { evil: query(`${join(good)}&${good.sigAlg}`), control: query(join(good)) }
  },
}
