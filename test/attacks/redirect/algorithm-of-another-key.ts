import type { LogoutAttack } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'SigAlg names ECDSA where the key is RSA',
  code: 'signature_unknown_key',
  forge: stage => ({
    evil: stage.redirect({}, { algorithm: 'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256' }),
    control: stage.redirect(),
  }),
}
