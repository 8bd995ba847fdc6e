import type { Attack } from '../../support/attack.ts'
import { seal, swap } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed:
    'a person gives the identity provider markup with the ID of the assertion as a display name, and it signs that',
  code: 'duplicate_id',
  forge: ({ idp, assertion, response }) => {
    const bare = assertion({ sign: 'none', assertionId: '_outer' })
    const valued = (id: string) =>
      response({}, seal(idp, swap(bare, 'alice@acme.example', `<decoy ID="${id}"></decoy>`)))
    return { evil: valued('_outer'), control: valued('_other') }
  },
}
