import type { Attack } from '../../support/attack.ts'
import { before, swap } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'one long entity is named many times, which no limit on the depth of entities stops',
  code: 'xml_forbidden',
  forge: ({ response }) => {
    const signed = before(response(), '</samlp:Status>', '<samlp:StatusMessage>&e;</samlp:StatusMessage>')
    const doctype = `<!DOCTYPE r [<!ENTITY e "${'e'.repeat(50_000)}">]>`
    return { evil: doctype + swap(signed, '&e;', '&e;'.repeat(20_000)), control: swap(signed, '&e;', 'e') }
  },
}
