import type { Attack } from '../../support/attack.ts'
import { signatureOf } from '../../support/dsig.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'the assertion’s only signature stands in an attribute value: valid, but not where a signature has any say',
  code: 'signature_layout',
  forge: ({ idp, parts, assertion, response }) => {
    const p = parts()
    const bare = assertion({ ...p, sign: 'none' })
    const signature = signatureOf(idp, bare, p.assertionId)
    const start = '<saml:AttributeValue>'
    return { evil: response(p, swap(bare, start, start + signature)), control: response(p) }
  },
}
