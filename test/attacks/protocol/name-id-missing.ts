import type { Attack } from '../../support/attack.ts'
import { drop } from '../../support/rewrite.ts'

export const attack: Attack = {
  misdeed: 'the Subject is confirmed and has no name, for whoever makes an account of an empty one',
  code: 'subject_missing',
  forge: ({ response }) => ({ evil: response({ editAssertion: drop('saml:NameID') }), control: response() }),
}
