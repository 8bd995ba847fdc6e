import type { Attack } from '../../support/attack.ts'
import { errorResponse } from '../../support/other-messages.ts'
import { before, forgery } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'a forged assertion is spliced into a truly signed Response that reports a failure',
  code: 'status_not_success',
  forge: stage => ({
    evil: before(errorResponse(stage), '</samlp:Response>', forgery(stage)),
    control: stage.response({ sign: 'response' }),
  }),
}
