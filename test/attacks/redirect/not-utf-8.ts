import { deflateRawSync } from 'node:zlib'
import type { LogoutAttack } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'the message is not UTF-8',
  code: 'redirect_malformed',
  forge: stage => ({
    evil: stage.redirect(
      {},
      { compress: xml => deflateRawSync(Buffer.from(xml.replace('alice', 'ali\xe9'), 'latin1')) },
    ),
    control: stage.redirect(),
  }),
}
