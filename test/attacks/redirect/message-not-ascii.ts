import { join } from '../../support/logout.ts'
import { type LogoutAttack, query } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'the query holds a letter beyond ASCII',
  code: 'redirect_malformed',
  forge: stage => {
    const good = stage.query()
    return { evil: query(join({ ...good, relayState: 'RelayState=é' })), control: query(join(good)) }
  },
}
