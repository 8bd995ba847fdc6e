import { join } from '../../support/logout.ts'
import { type LogoutAttack, query } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'the signature is that of another message',
  code: 'signature_unknown_key',
  forge: stage => {
    const good = stage.query()
    const other = stage.query()
    return { evil: query(join({ ...good, signature: other.signature })), control: query(join(good)) }
  },
}
