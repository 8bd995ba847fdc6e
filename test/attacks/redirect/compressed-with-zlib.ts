import { deflateRawSync, deflateSync } from 'node:zlib'
import type { LogoutAttack } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'the message has a zlib header',
  code: 'redirect_malformed',
  forge: stage => ({
    evil: stage.redirect({}, { compress: xml => deflateSync(xml) }),
    control: stage.redirect({}, { compress: xml => deflateRawSync(xml) }),
  }),
}
