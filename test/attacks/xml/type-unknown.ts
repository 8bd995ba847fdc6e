import type { Attack } from '../../support/attack.ts'
import { seal, swap } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'the assertion claims a type that nobody knows, for a validator that then lets everything pass',
  code: 'schema_invalid',
  forge: ({ idp, assertion, response }) => {
    const bare = assertion({ sign: 'none' })
    const typed = swap(bare, ' ID=', ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" ID=')
    const claim = (type: string) =>
      response({}, seal(idp, swap(typed, ' Version="2.0"', ` Version="2.0" xsi:type="${type}"`)))
    return { evil: claim('saml:Anything'), control: claim('saml:AssertionType') }
  },
}
