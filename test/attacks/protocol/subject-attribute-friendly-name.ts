import type { Attack } from '../../support/attack.ts'
import { set } from '../../support/rewrite.ts'

export const attack: Attack = {
  misdeed: 'an attribute that everybody may set has the FriendlyName of the one that names the person',
  code: 'subject_missing',
  expected: { subject: 'employee' },
  forge: ({ response }) => ({
    evil: response({
      attributes: { nickname: ['4711'] },
      editAssertion: set('saml:Attribute', { FriendlyName: 'employee' }),
    }),
    control: response({ attributes: { employee: ['4711'] } }),
  }),
}
