import type { Attack } from '../../support/attack.ts'
import { before, forgery } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed:
    'a forged Assertion without any namespace stands before the signed one, for whoever strips prefixes before looking',
  code: 'schema_invalid',
  forge: stage => {
    const signed = stage.response()
    const evil = forgery(stage)
      .replace(/ xmlns:saml="[^"]*"/, '')
      .replaceAll('saml:', '')
    return { evil: before(signed, '<saml:Assertion ', evil), control: signed }
  },
}
