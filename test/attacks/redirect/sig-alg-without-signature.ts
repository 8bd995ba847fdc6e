import { join } from '../../support/logout.ts'
import { type LogoutAttack, query } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'the signature is taken out, its algorithm stays',
  code: 'redirect_malformed',
  forge: stage => {
    const good = stage.query()
    return { evil: query(`${good.message}&${good.relayState}&${good.sigAlg}`), control: query(join(good)) }
  },
}
