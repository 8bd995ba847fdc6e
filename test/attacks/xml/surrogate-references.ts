import type { Attack } from '../../support/attack.ts'
import { swap } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'a letter of the name is written as references to its two surrogates, which some parsers join',
  code: 'xml_malformed',
  forge: ({ response }) => {
    const control = response({ nameId: 'admin\u{1f600}' })
    return { evil: swap(control, '\u{1f600}', '&#xD83D;&#xDE00;'), control }
  },
}
