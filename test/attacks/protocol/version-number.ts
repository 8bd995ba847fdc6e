import type { Attack } from '../../support/attack.ts'
import { set } from '../../support/rewrite.ts'

export const attack: Attack = {
  misdeed: 'the Version is 2.00, for whoever compares numbers where the specification compares texts',
  code: 'version_mismatch',
  forge: ({ response }) => ({
    evil: response({ editAssertion: set('saml:Assertion', { Version: '2.00' }) }),
    control: response(),
  }),
}
