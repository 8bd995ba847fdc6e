import type { Attack } from '../../support/attack.ts'
import { cut, seal, swap } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'the NameID is said to be nil, so that it is there for one reader and not for another',
  code: 'schema_invalid',
  forge: ({ idp, assertion, response }) => {
    const bare = assertion({ sign: 'none' })
    const nil = '<saml:NameID xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"></saml:NameID>'
    return {
      evil: response({}, seal(idp, swap(bare, cut(bare, 'saml:NameID'), nil))),
      control: response({}, seal(idp, bare)),
    }
  },
}
