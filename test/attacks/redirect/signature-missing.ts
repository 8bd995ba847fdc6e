import { join } from '../../support/logout.ts'
import { type LogoutAttack, query } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'the query is not signed',
  code: 'signature_missing',
  forge: stage => {
    const good = stage.query()
    return { evil: query(`${good.message}&${good.relayState}`), control: query(join(good)) }
  },
}
