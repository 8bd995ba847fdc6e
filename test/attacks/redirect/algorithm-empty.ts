import type { LogoutAttack } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'SigAlg is empty',
  code: 'signature_algorithm',
  forge: stage => ({ evil: stage.redirect({}, { algorithm: '' }), control: stage.redirect() }),
}
