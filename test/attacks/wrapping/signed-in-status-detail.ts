import type { Attack } from '../../support/attack.ts'
import { forgery, inStatusDetail } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed:
    'a forged Response holds the whole signed one in its StatusDetail, for whoever looks for any signed Response',
  code: 'signature_layout',
  forge: stage => {
    const signed = stage.response({ sign: 'response' })
    const forged = stage.response({ sign: 'none', responseId: '_evil' }, forgery(stage))
    return { evil: inStatusDetail(forged, signed), control: signed }
  },
}
