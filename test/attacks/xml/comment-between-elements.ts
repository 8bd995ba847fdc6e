import type { Attack } from '../../support/attack.ts'
import { before } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed:
    'a comment stands between the elements of the signed assertion, which canonicalisation drops and node counting does not',
  code: 'xml_forbidden',
  forge: ({ response }) => {
    const control = response()
    return { evil: before(control, '<saml:Subject>', '<!-- <saml:Subject/> -->'), control }
  },
}
