import { join } from '../../support/logout.ts'
import { type LogoutAttack, query } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'the query holds no message',
  code: 'redirect_malformed',
  forge: stage => {
    const good = stage.query()
    return { evil: query(join({ ...good, message: 'SAMLart=AAAA' })), control: query(join(good)) }
  },
}
