import type { Attack } from '../../support/attack.ts'
import { forgery, inStatusDetail } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'a forged assertion hides in StatusDetail, where the schema takes anything, for whoever takes the first',
  code: 'response_layout',
  forge: stage => {
    const signed = stage.response()
    return { evil: inStatusDetail(signed, forgery(stage)), control: signed }
  },
}
