import type { Attack } from '../../support/attack.ts'
import { seal, swap } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'a processing instruction, truly signed, splits the Issuer, for whoever reads the last text node only',
  code: 'xml_forbidden',
  forge: ({ idp, assertion, response }) => {
    const bare = assertion({ sign: 'none' })
    return {
      evil: response({}, seal(idp, swap(bare, `>${idp.issuer}<`, `>evil<?x y?>${idp.issuer}<`))),
      control: response({}, seal(idp, bare)),
    }
  },
}
