import { join } from '../../support/logout.ts'
import { type LogoutAttack, query } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'the message is wrapped into lines',
  code: 'redirect_malformed',
  forge: stage => {
    const good = stage.query()
    return {
      evil: query(join({ ...good, message: good.message.replace(/.{60}/, one => `${one}%0A`) })),
      control: query(join(good)),
    }
  },
}
