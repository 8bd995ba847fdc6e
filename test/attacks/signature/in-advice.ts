import type { Attack } from '../../support/attack.ts'
import { signatureOf } from '../../support/dsig.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'the assertion’s only signature stands in its Advice, which is never read',
  code: 'signature_missing',
  forge: ({ idp, parts, assertion, response }) => {
    const p = parts()
    const advised = swap(
      assertion({ ...p, sign: 'none' }),
      '<saml:AuthnStatement ',
      '<saml:Advice></saml:Advice><saml:AuthnStatement ',
    )
    const signature = signatureOf(idp, advised, p.assertionId)
    const put = (place: string) => response(p, swap(advised, place, signature + place))
    return { evil: put('</saml:Advice>'), control: put('<saml:Subject>') }
  },
}
