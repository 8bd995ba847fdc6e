import type { Attack } from '../../support/attack.ts'
import { after, seal, swap } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'a foreign attribute of SubjectConfirmationData repeats the ID of the signed assertion',
  code: 'duplicate_id',
  forge: ({ idp, assertion, response }) => {
    const bare = assertion({ sign: 'none', assertionId: '_outer' })
    const data = / Recipient="[^"]*"/.exec(bare)?.[0] ?? ''
    const marked = (id: string) => {
      const declared = swap(bare, '<saml:SubjectConfirmationData', '<saml:SubjectConfirmationData xmlns:x="urn:evil"')
      return response({}, seal(idp, after(declared, data, ` x:Id="${id}"`)))
    }
    return { evil: marked('_outer'), control: marked('_other') }
  },
}
