import type { Attack } from '../../support/attack.ts'
import { swap } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'the assertion has the attribute ID twice, of which a lenient parser keeps the first or the last',
  code: 'xml_malformed',
  forge: ({ parts, response }) => {
    const p = parts()
    const signed = response(p)
    const id = ` ID="${p.assertionId}"`
    return { evil: swap(signed, id, `${id} ID="_evil"`), control: signed }
  },
}
