import type { Attack } from '../../support/attack.ts'
import { before, swap } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'ten entities, each ten times the one before, make a billion laughs of a kilobyte',
  code: 'xml_forbidden',
  forge: ({ response }) => {
    const signed = before(response(), '</samlp:Status>', '<samlp:StatusMessage>&l9;</samlp:StatusMessage>')
    const laughs = Array.from({ length: 9 }, (_, at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`).join('')
    return {
      evil: `<!DOCTYPE r [<!ENTITY l0 "lol">${laughs}]>${signed}`,
      control: swap(signed, '&l9;', 'lol'),
    }
  },
}
