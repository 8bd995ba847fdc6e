import type { Attack } from '../../support/attack.ts'
import { seal, swap } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed:
    'a processing instruction, truly signed, splits the name, for whoever reads the first text node or joins in its data',
  code: 'xml_forbidden',
  forge: ({ idp, assertion, response }) => {
    const bare = assertion({ sign: 'none', nameId: 'admin.evil' })
    return {
      evil: response({}, seal(idp, swap(bare, '>admin.evil<', '>admin<?x y?>.evil<'))),
      control: response({}, seal(idp, bare)),
    }
  },
}
