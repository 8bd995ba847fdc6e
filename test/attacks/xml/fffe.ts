import type { Attack } from '../../support/attack.ts'
import { swap } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed:
    'the name holds U+FFFE, a byte order mark turned around, at which some readers change their mind about all the rest',
  code: 'xml_forbidden',
  forge: ({ response }) => {
    const control = response({ nameId: 'admin.evil' })
    return { evil: swap(control, '>admin.evil<', '>admin\ufffe.evil<'), control }
  },
}
