import type { Attack } from '../../support/attack.ts'
import { cut, seal, swap } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'an attribute value of markup claims to be a string, for whoever reads by the type',
  code: 'schema_invalid',
  forge: ({ idp, assertion, response }) => {
    const bare = assertion({ sign: 'none' })
    const typed = (content: string) => {
      const xsi = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
      const value = `<saml:AttributeValue ${xsi} xsi:type="xs:string">${content}</saml:AttributeValue>`
      const sealed = seal(idp, swap(bare, cut(bare, 'saml:AttributeValue'), value))
      return swap(
        response({}, sealed),
        '<samlp:Response ',
        '<samlp:Response xmlns:xs="http://www.w3.org/2001/XMLSchema" ',
      )
    }
    return { evil: typed('<b>alice</b>@acme.example'), control: typed('alice@acme.example') }
  },
}
