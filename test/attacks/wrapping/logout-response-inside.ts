import type { Attack } from '../../support/attack.ts'
import { logoutResponse } from '../../support/other-messages.ts'
import { forgery, inStatusDetail } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'a forged Response shows a signed LogoutResponse in its StatusDetail, for whoever wants any good signature',
  code: 'signature_layout',
  forge: stage => ({
    evil: inStatusDetail(stage.response({ sign: 'none' }, forgery(stage)), logoutResponse(stage)),
    control: stage.response({ sign: 'response' }),
  }),
}
