import type { LogoutAttack } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'the form is signed with RSA-SHA1',
  code: 'signature_algorithm',
  forge: stage => ({ evil: stage.form({ signature: { algorithm: 'rsa-sha1' } }), control: stage.form() }),
}
