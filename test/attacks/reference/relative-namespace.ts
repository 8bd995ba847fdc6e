import type { Attack } from '../../support/attack.ts'
import { signatureOf } from '../../support/dsig.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed:
    'the signed assertion holds a relative namespace, at which canonicalisation fails: what then is digested is nothing',
  code: ['xml_forbidden', 'signature_layout'],
  forge: ({ idp, parts, assertion, response }) => {
    const p = parts()
    const bare = (namespace: string) =>
      swap(
        assertion({ ...p, sign: 'none' }),
        '</saml:AttributeValue>',
        `<x xmlns="${namespace}"></x></saml:AttributeValue>`,
      )
    const signed = (namespace: string, digested: string) => {
      const signature = signatureOf(idp, digested, p.assertionId)
      return response(p, swap(bare(namespace), '<saml:Subject>', `${signature}<saml:Subject>`))
    }
    return { evil: signed('relative', ''), control: signed('urn:example', bare('urn:example')) }
  },
}
