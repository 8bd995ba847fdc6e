import { join } from '../../support/logout.ts'
import { type LogoutAttack, query } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'RelayState is another than was signed',
  code: 'signature_unknown_key',
  forge: stage => {
    const good = stage.query()
    return { evil: query(join({ ...good, relayState: 'RelayState=evil' })), control: query(join(good)) }
  },
}
