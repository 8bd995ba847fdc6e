import { join } from '../../support/logout.ts'
import { type LogoutAttack, query } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'a percent sign encodes nothing',
  code: 'redirect_malformed',
  forge: stage => {
    const good = stage.query()
    return { evil: query(join({ ...good, relayState: 'RelayState=%zz' })), control: query(join(good)) }
  },
}
