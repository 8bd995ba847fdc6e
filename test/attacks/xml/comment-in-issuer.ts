import type { Attack } from '../../support/attack.ts'
import { swap } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'a comment splits the Issuer of the assertion, for whoever compares the text after it',
  code: 'xml_forbidden',
  forge: ({ response, idp }) => {
    const control = response({ responseIssuer: null })
    return { evil: swap(control, `>${idp.issuer}<`, `><!-- x -->${idp.issuer}<`), control }
  },
}
