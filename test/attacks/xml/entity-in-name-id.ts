import type { Attack } from '../../support/attack.ts'
import { swap } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed:
    'the signed name is written with an entity of the attacker’s DOCTYPE, which one parser expands and another drops',
  code: 'xml_forbidden',
  forge: ({ response }) => {
    const signed = response({ nameId: 'alice' })
    const named = swap(signed, '>alice<', '>al&rest;<')
    return { evil: `<!DOCTYPE r [<!ENTITY rest "ice">]>${named}`, control: signed }
  },
}
