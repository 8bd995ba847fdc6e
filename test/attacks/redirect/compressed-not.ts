import type { LogoutAttack } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'the message is not compressed',
  code: 'redirect_malformed',
  forge: stage => ({ evil: stage.redirect({}, { compress: Buffer.from }), control: stage.redirect() }),
}
