import type { Attack } from '../../support/attack.ts'
import { before, seal } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'text stands between the elements of the signed assertion, for whoever reads the text of a whole subtree',
  code: 'schema_invalid',
  forge: ({ idp, assertion, response }) => {
    const bare = assertion({ sign: 'none' })
    return {
      evil: response({}, seal(idp, before(bare, '<saml:Conditions', 'admin'))),
      control: response({}, seal(idp, before(bare, '<saml:Conditions', '\n  '))),
    }
  },
}
