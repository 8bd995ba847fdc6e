import type { Attack } from '../../support/attack.ts'
import { after, seal } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'the signed NameID has an attribute __proto__, for whoever makes a plain object of attributes',
  code: 'schema_invalid',
  forge: ({ idp, assertion, response }) => {
    const bare = assertion({ sign: 'none' })
    const named = after(bare, 'nameid-format:persistent"', ' __proto__="admin"')
    return { evil: response({}, seal(idp, named)), control: response({}, seal(idp, bare)) }
  },
}
