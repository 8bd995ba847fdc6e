import { deflateRawSync } from 'node:zlib'
import type { LogoutAttack } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'the compressed message is cut',
  code: 'redirect_malformed',
  forge: stage => ({
    evil: stage.redirect({}, { compress: xml => deflateRawSync(xml).subarray(0, -4) }),
    control: stage.redirect(),
  }),
}
