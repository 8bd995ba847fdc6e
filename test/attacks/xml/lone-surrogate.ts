import type { Attack } from '../../support/attack.ts'
import { swap } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'the name holds half a surrogate pair, which turns into U+FFFD or nothing wherever it is written out',
  code: 'xml_forbidden',
  forge: ({ response }) => {
    const control = response({ nameId: 'admin\ufffd' })
    return { evil: swap(control, '>admin\ufffd<', '>admin\ud800<'), control }
  },
}
