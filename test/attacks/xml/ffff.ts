import type { Attack } from '../../support/attack.ts'
import { swap } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'the name holds U+FFFF, which some libraries use as the end of the text',
  code: 'xml_forbidden',
  forge: ({ response }) => {
    const control = response({ nameId: 'admin.evil' })
    return { evil: swap(control, '>admin.evil<', '>admin\uffff.evil<'), control }
  },
}
