import type { Attack } from '../../support/attack.ts'
import { before, forgery } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed:
    'a forged Assertion of another namespace stands before the signed one, for whoever looks at local names only',
  code: 'schema_invalid',
  forge: stage => {
    const signed = stage.response()
    const evil = forgery(stage).replace(/urn:oasis:names:tc:SAML:2\.0:assertion/, 'urn:evil')
    return { evil: before(signed, '<saml:Assertion ', evil), control: signed }
  },
}
