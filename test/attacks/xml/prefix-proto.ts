import type { Attack } from '../../support/attack.ts'
import { forgery, inExtensions } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'a forged assertion has the prefix __proto__, which a table of prefixes in a plain object forgets',
  code: 'response_layout',
  forge: stage => {
    const signed = stage.response()
    const evil = forgery(stage).replaceAll('saml:', '__proto__:').replace('xmlns:saml=', 'xmlns:__proto__=')
    return { evil: inExtensions(signed, evil), control: signed }
  },
}
