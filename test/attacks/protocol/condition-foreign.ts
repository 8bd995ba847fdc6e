import type { Attack } from '../../support/attack.ts'
import { insert } from '../../support/rewrite.ts'

export const attack: Attack = {
  misdeed: 'an element of a foreign namespace stands among the Conditions, for whoever passes over it',
  code: 'schema_invalid',
  forge: ({ response }) => ({
    evil: response({
      editAssertion: insert('<x:OnlyFromOffice xmlns:x="urn:x"></x:OnlyFromOffice>', '</saml:Conditions>'),
    }),
    control: response(),
  }),
}
