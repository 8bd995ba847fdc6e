import { join } from '../../support/logout.ts'
import { type LogoutAttack, query } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'the message holds a letter that is not base64',
  code: 'redirect_malformed',
  forge: stage => {
    const good = stage.query()
    return {
      evil: query(join({ ...good, message: `${good.message.replace(/(%3D)*$/, '')}-` })),
      control: query(join(good)),
    }
  },
}
