import type { Attack } from '../../support/attack.ts'
import { logoutResponse } from '../../support/other-messages.ts'

export const attack: Attack = {
  misdeed:
    'a signed LogoutResponse with an assertion in its Extensions comes for a login, for whoever takes any signed message',
  code: 'response_layout',
  forge: stage => ({
    evil: logoutResponse(stage, stage.assertion()),
    control: stage.response({ sign: 'both' }),
  }),
}
