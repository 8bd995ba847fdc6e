import { join } from '../../support/logout.ts'
import { type LogoutAttack, query } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'RelayState stands without a value sign',
  code: 'redirect_malformed',
  forge: stage => {
    const good = stage.query()
    return { evil: query(join({ ...good, relayState: 'RelayState' })), control: query(join(good)) }
  },
}
