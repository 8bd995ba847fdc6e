import { join } from '../../support/logout.ts'
import { type LogoutAttack, query } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'SAMLResponse stands twice beside the request',
  code: 'redirect_malformed',
  forge: stage => {
    const good = stage.query()
    return { evil: query(`${join(good)}&SAMLResponse=AAAA&SAMLResponse=AAAA`), control: query(join(good)) }
  },
}
