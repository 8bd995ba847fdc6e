import type { Attack } from '../../support/attack.ts'
import { set } from '../../support/rewrite.ts'

export const attack: Attack = {
  misdeed: 'the Assertion says it is SAML 1.1, for whoever passes it on to an older, laxer reader',
  code: 'version_mismatch',
  forge: ({ response }) => ({
    evil: response({ editAssertion: set('saml:Assertion', { Version: '1.1' }) }),
    control: response(),
  }),
}
