import type { Attack } from '../../support/attack.ts'
import { logoutResponse } from '../../support/other-messages.ts'
import { before, forgery } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed:
    'a truly signed LogoutResponse is renamed to a Response and given a forged assertion, its ID and Signature kept',
  code: 'signature_digest',
  forge: stage => {
    const renamed = logoutResponse(stage).replaceAll('samlp:LogoutResponse', 'samlp:Response')
    return {
      evil: before(renamed, '</samlp:Response>', forgery(stage)),
      control: stage.response({ sign: 'response' }),
    }
  },
}
