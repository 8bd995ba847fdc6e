import type { Attack } from '../../support/attack.ts'
import { logoutRequest } from '../../support/other-messages.ts'

export const attack: Attack = {
  misdeed:
    'a signed LogoutRequest with an assertion in its Extensions comes for a login, for whoever takes any signed message',
  code: 'response_layout',
  forge: stage => ({
    evil: logoutRequest(stage, stage.assertion()),
    control: stage.response({ sign: 'both' }),
  }),
}
