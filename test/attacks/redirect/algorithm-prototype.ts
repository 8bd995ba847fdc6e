import type { LogoutAttack } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'SigAlg names a member of every object',
  code: 'signature_algorithm',
  forge: stage => ({ evil: stage.redirect({}, { algorithm: 'constructor' }), control: stage.redirect() }),
}
