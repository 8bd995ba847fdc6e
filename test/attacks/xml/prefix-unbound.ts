import type { Attack } from '../../support/attack.ts'
import { forgery, inExtensions } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'a forged assertion has a prefix that nothing binds, for whoever knows saml: by its letters',
  code: 'xml_malformed',
  forge: stage => {
    const signed = stage.response()
    const evil = forgery(stage).replace(/ xmlns:saml="[^"]*"/, '')
    return { evil: inExtensions(signed, evil), control: signed }
  },
}
