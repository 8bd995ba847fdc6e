import type { Attack } from '../../support/attack.ts'
import { drop } from '../../support/rewrite.ts'

export const attack: Attack = {
  misdeed: 'the assertion has no Conditions: good for everybody and for ever',
  code: 'conditions_missing',
  forge: ({ response }) => ({ evil: response({ editAssertion: drop('saml:Conditions') }), control: response() }),
}
