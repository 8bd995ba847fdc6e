import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'a comment follows the Response, which canonicalisation of a whole document treats in a way of its own',
  code: 'xml_forbidden',
  forge: ({ response }) => {
    const control = response()
    return { evil: `${control}<!-- x -->`, control }
  },
}
