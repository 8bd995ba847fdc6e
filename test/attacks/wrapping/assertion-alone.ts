import type { Attack } from '../../support/attack.ts'
import { cut } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'a signed assertion comes without a Response, so that its Destination and status cannot be looked at',
  code: 'response_layout',
  forge: ({ response }) => {
    const signed = response()
    return { evil: cut(signed, 'saml:Assertion'), control: signed }
  },
}
