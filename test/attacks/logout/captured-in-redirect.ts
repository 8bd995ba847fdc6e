import { signedParts } from '../../support/logout.ts'
import { type LogoutAttack, query } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'a captured sign-in Response is sent by HTTP-Redirect without a signature of the query',
  code: 'logout_layout',
  forge: stage => ({
    evil: query(signedParts(stage.idp, 'SAMLRequest', stage.response({ sign: 'both' })).message),
    control: stage.redirect(),
  }),
}
