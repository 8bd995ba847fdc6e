import type { Attack } from '../../support/attack.ts'
import { forgery, seal, swap } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'a person gives the identity provider an assertion as display name, and it signs that as markup',
  code: 'response_layout',
  forge: stage => {
    const bare = stage.assertion({ sign: 'none' })
    const inner = forgery(stage).replace(/ xmlns:saml="[^"]*"/, '')
    const evil = swap(bare, 'alice@acme.example', inner)
    return { evil: stage.response({}, seal(stage.idp, evil)), control: stage.response({}, seal(stage.idp, bare)) }
  },
}
