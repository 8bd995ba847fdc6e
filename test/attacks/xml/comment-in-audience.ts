import type { Attack } from '../../support/attack.ts'
import { swap } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'a comment splits the Audience, for whoever compares the text before it',
  code: 'xml_forbidden',
  forge: ({ response, sp }) => {
    const control = response()
    return {
      evil: swap(control, `${sp.entityId}</saml:Audience>`, `${sp.entityId}<!-- x --></saml:Audience>`),
      control,
    }
  },
}
