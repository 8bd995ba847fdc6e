import type { Attack } from '../../support/attack.ts'
import { before } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'a comment splits the SignatureValue, which libraries join, cut or take as it is',
  code: 'xml_forbidden',
  forge: ({ response }) => {
    const control = response()
    return { evil: before(control, '</ds:SignatureValue>', '<!-- x -->'), control }
  },
}
