import type { Attack } from '../../support/attack.ts'
import { seal, swap } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'the signed assertion has no ID at all and the Reference an empty URI',
  code: 'schema_invalid',
  forge: ({ idp, assertion, response }) => {
    const bare = assertion({ sign: 'none', assertionId: '_a' })
    return {
      evil: response({}, seal(idp, swap(bare, ' ID="_a"', ''), { uri: '' })),
      control: response({}, seal(idp, bare)),
    }
  },
}
