import type { Attack } from '../../support/attack.ts'
import { logoutRequest } from '../../support/other-messages.ts'
import { forgery, inStatusDetail } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'a forged Response shows a signed LogoutRequest in its StatusDetail, for whoever wants any good signature',
  code: 'signature_layout',
  forge: stage => ({
    evil: inStatusDetail(stage.response({ sign: 'none' }, forgery(stage)), logoutRequest(stage)),
    control: stage.response({ sign: 'response' }),
  }),
}
