import type { Attack } from '../../support/attack.ts'
import { swap } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'a NUL cuts the name, for whoever hands the text to a library written in C',
  code: 'xml_forbidden',
  forge: ({ response }) => {
    const control = response({ nameId: 'admin.evil' })
    return { evil: swap(control, '>admin.evil<', '>admin\0.evil<'), control }
  },
}
