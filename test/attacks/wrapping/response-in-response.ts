import type { Attack } from '../../support/attack.ts'
import { inStatusDetail } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed:
    'a signed Response stands inside a forged one that has no assertion of its own, for whoever searches the whole tree',
  code: 'response_layout',
  forge: stage => {
    const signed = stage.response()
    const shell = stage.response({ sign: 'none', responseId: '_evil' }, '')
    return { evil: inStatusDetail(shell, signed), control: signed }
  },
}
