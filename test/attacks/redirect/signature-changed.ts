import { join } from '../../support/logout.ts'
import { type LogoutAttack, query } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'a letter of the signature is changed',
  code: 'signature_unknown_key',
  forge: stage => {
    const good = stage.query()
    return {
      evil: query(
        join({ ...good, signature: good.signature.replace(/=(.)/, (_, one) => `=${one === 'A' ? 'B' : 'A'}`) }),
      ),
      control: query(join(good)),
    }
  },
}
