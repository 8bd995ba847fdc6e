import type { Attack } from '../../support/attack.ts'
import { before, seal } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'an unknown element in the Advice of the signed assertion repeats its ID, where nobody reads',
  code: 'duplicate_id',
  forge: ({ idp, assertion, response }) => {
    const bare = assertion({ sign: 'none', assertionId: '_outer' })
    const advised = (id: string) => {
      const advice = `<saml:Advice><x:decoy xmlns:x="urn:evil" ID="${id}"></x:decoy></saml:Advice>`
      return response({}, seal(idp, before(bare, '<saml:AuthnStatement', advice)))
    }
    return { evil: advised('_outer'), control: advised('_other') }
  },
}
