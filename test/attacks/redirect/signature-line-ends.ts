import { join } from '../../support/logout.ts'
import { type LogoutAttack, query } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'the signature is wrapped into lines',
  code: 'redirect_malformed',
  forge: stage => {
    const good = stage.query()
    return {
      evil: query(join({ ...good, signature: good.signature.replace(/.{40}/, one => `${one}%0A`) })),
      control: query(join(good)),
    }
  },
}
