import type { LogoutAttack } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'the query is signed with RSA-SHA1',
  code: 'signature_algorithm',
  forge: stage => ({
    evil: stage.redirect({}, { algorithm: 'http://www.w3.org/2000/09/xmldsig#rsa-sha1', hash: 'sha1' }),
    control: stage.redirect(),
  }),
}
