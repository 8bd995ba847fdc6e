import { join } from '../../support/logout.ts'
import { type LogoutAttack, query } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'an empty RelayState is added that was not signed',
  code: 'signature_unknown_key',
  forge: stage => {
    const good = stage.query({ relayState: null })
    return { evil: query(join({ ...good, relayState: 'RelayState=' })), control: query(join(good)) }
  },
}
