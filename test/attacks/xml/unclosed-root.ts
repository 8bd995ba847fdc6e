import type { Attack } from '../../support/attack.ts'
import { swap } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'the Response does not end, for a lenient parser that ends it',
  code: 'xml_malformed',
  forge: ({ response }) => {
    const control = response()
    return { evil: swap(control, '</samlp:Response>', ''), control }
  },
}
