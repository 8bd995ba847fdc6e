import type { Attack } from '../../support/attack.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'somebody writes another name into his own genuine assertion',
  code: 'signature_digest',
  forge: ({ response }) => {
    const good = response()
    return { evil: swap(good, '>alice<', '>admin<'), control: good }
  },
}
