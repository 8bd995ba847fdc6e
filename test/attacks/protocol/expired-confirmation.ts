import type { Attack } from '../../support/attack.ts'
import { instant } from '../../support/idp.ts'
import { set } from '../../support/rewrite.ts'

export const attack: Attack = {
  misdeed: 'the confirmation is over though the Conditions still hold, for whoever reads Conditions only',
  code: 'subject_confirmation',
  forge: ({ now, response }) => ({
    evil: response({ editAssertion: set('saml:SubjectConfirmationData', { NotOnOrAfter: instant(now - 3_600_000) }) }),
    control: response(),
  }),
}
