import type { Attack } from '../../support/attack.ts'
import { swap } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'a name holds an entity that nothing declares, which lenient parsers leave out',
  code: 'xml_malformed',
  forge: ({ response }) => {
    const signed = response({ nameId: 'admin' })
    return { evil: swap(signed, '>admin<', '>admin&nbsp;<'), control: signed }
  },
}
