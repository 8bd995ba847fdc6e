import type { LogoutAttack } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'SigAlg names another algorithm than was used',
  code: 'signature_unknown_key',
  forge: stage => ({
    evil: stage.redirect({}, { algorithm: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512' }),
    control: stage.redirect(),
  }),
}
