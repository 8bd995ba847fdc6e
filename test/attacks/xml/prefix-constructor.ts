import type { Attack } from '../../support/attack.ts'
import { forgery, inExtensions } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'a forged assertion has the prefix constructor, which every plain object seems to have bound already',
  code: 'response_layout',
  forge: stage => {
    const signed = stage.response()
    const evil = forgery(stage).replaceAll('saml:', 'constructor:').replace('xmlns:saml=', 'xmlns:constructor=')
    return { evil: inExtensions(signed, evil), control: signed }
  },
}
