import type { LogoutAttack } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'SigAlg names an algorithm that nobody knows',
  code: 'signature_algorithm',
  forge: stage => ({
    evil: stage.redirect({}, { algorithm: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha257' }),
    control: stage.redirect(),
  }),
}
