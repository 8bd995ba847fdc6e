import type { Attack } from '../../support/attack.ts'
import { signatureOf } from '../../support/dsig.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'the assertion’s only signature stands in SubjectConfirmationData, where the schema takes anything',
  code: 'signature_layout',
  forge: ({ idp, parts, assertion, response }) => {
    const p = parts()
    const bare = assertion({ ...p, sign: 'none' })
    const signature = signatureOf(idp, bare, p.assertionId)
    const end = '</saml:SubjectConfirmationData>'
    return { evil: response(p, swap(bare, end, signature + end)), control: response(p) }
  },
}
