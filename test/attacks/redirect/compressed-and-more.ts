import { deflateRawSync } from 'node:zlib'
import type { LogoutAttack } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'something follows the compressed message',
  code: 'redirect_malformed',
  forge: stage => ({
    evil: stage.redirect({}, { compress: xml => Buffer.concat([deflateRawSync(xml), Buffer.from('<evil/>')]) }),
    control: stage.redirect(),
  }),
}
