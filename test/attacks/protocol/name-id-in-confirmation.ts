import type { Attack } from '../../support/attack.ts'
import { changes, drop, insert } from '../../support/rewrite.ts'

export const attack: Attack = {
  misdeed: 'only the confirmation names somebody, which is whoever may present the assertion, not its subject',
  code: 'subject_missing',
  forge: ({ response }) => ({
    evil: response({
      editAssertion: changes(
        drop('saml:NameID'),
        insert('<saml:NameID>admin</saml:NameID>', '<saml:SubjectConfirmationData'),
      ),
    }),
    control: response(),
  }),
}
