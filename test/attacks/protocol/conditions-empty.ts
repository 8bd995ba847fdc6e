import type { Attack } from '../../support/attack.ts'
import { change } from '../../support/rewrite.ts'

export const attack: Attack = {
  misdeed: 'the Conditions are empty: good for everybody and for ever',
  code: 'audience_mismatch',
  forge: ({ response }) => ({
    evil: response({
      editAssertion: change(/<saml:Conditions .*?<\/saml:Conditions>/, '<saml:Conditions></saml:Conditions>'),
    }),
    control: response(),
  }),
}
