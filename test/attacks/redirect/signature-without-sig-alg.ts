import { join } from '../../support/logout.ts'
import { type LogoutAttack, query } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'the algorithm is taken out, the signature stays',
  code: 'redirect_malformed',
  forge: stage => {
    const good = stage.query()
    return { evil: query(`${good.message}&${good.relayState}&${good.signature}`), control: query(join(good)) }
  },
}
