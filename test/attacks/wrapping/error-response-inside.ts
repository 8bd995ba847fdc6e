import type { Attack } from '../../support/attack.ts'
import { errorResponse } from '../../support/other-messages.ts'
import { forgery, inStatusDetail } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'a forged Response shows a truly signed failure in its StatusDetail, which anybody gets by refusing consent',
  code: 'signature_layout',
  forge: stage => ({
    evil: inStatusDetail(stage.response({ sign: 'none' }, forgery(stage)), errorResponse(stage)),
    control: stage.response({ sign: 'response' }),
  }),
}
