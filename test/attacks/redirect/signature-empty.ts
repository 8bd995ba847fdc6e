import { join } from '../../support/logout.ts'
import { type LogoutAttack, query } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'the signature is empty',
  code: 'redirect_malformed',
  forge: stage => {
    const good = stage.query()
    return { evil: query(join({ ...good, signature: 'Signature=' })), control: query(join(good)) }
  },
}
