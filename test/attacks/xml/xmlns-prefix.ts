import type { Attack } from '../../support/attack.ts'
import { swap } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'the prefix xmlns is declared like any other, for whoever keeps declarations in one table with it',
  code: 'xml_malformed',
  forge: ({ response }) => {
    const control = response()
    return { evil: swap(control, '<samlp:Response ', '<samlp:Response xmlns:xmlns="urn:evil" '), control }
  },
}
