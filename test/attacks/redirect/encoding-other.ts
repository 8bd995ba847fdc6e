import { join } from '../../support/logout.ts'
import { type LogoutAttack, query } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'SAMLEncoding names another encoding',
  code: 'redirect_malformed',
  forge: stage => {
    const good = stage.query()
    return { evil: query(`${join(good)}&SAMLEncoding=urn%3Anone`), control: query(join(good)) }
  },
}
