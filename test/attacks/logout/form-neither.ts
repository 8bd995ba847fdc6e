import type { LogoutAttack } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'the form holds no message',
  code: 'response_encoding',
  forge: stage => ({ evil: { binding: 'post', fields: { RelayState: 'x' } }, control: stage.form() }),
}
