import type { Attack } from '../../support/attack.ts'
import { before, seal } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'a processing instruction, truly signed, splits the Audience, for whoever reads the first text node only',
  code: 'xml_forbidden',
  forge: ({ idp, sp, assertion, response }) => {
    const bare = assertion({ sign: 'none' })
    const audience = `${sp.entityId}</saml:Audience>`
    return {
      evil: response({}, seal(idp, before(bare, audience, '<?x y?>'))),
      control: response({}, seal(idp, bare)),
    }
  },
}
