import { join } from '../../support/logout.ts'
import { type LogoutAttack, query } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'the percent-encoding is not the one that was signed',
  code: 'signature_unknown_key',
  forge: stage => {
    const good = stage.query()
    return { evil: query(join({ ...good, sigAlg: good.sigAlg.replaceAll('%3A', '%3a') })), control: query(join(good)) }
  },
}
