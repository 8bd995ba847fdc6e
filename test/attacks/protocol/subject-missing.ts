import type { Attack } from '../../support/attack.ts'
import { drop } from '../../support/rewrite.ts'

export const attack: Attack = {
  misdeed: 'the assertion is about nobody, for whoever takes the person from elsewhere',
  code: 'subject_missing',
  forge: ({ response }) => ({ evil: response({ editAssertion: drop('saml:Subject') }), control: response() }),
}
