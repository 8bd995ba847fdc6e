import type { Attack } from '../../support/attack.ts'
import { swap } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'U+FFFE in the name is written as a character reference, which no look at the raw text finds',
  code: 'xml_malformed',
  forge: ({ response }) => {
    const control = response({ nameId: 'admin.evil' })
    return { evil: swap(control, '>admin.evil<', '>admin&#xFFFE;.evil<'), control }
  },
}
