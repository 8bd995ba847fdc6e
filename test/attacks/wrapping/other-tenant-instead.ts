import type { Attack } from '../../support/attack.ts'
import { assertionXml } from '../../support/idp.ts'
import { cut, swap } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed:
    'the identity provider of another tenant puts its own signed assertion into a Response of ours, in our issuer’s name',
  code: 'signature_unknown_key',
  forge: ({ stranger, parts, response }) => {
    const signed = response()
    const theirs = assertionXml(stranger, parts({ nameId: 'admin' }))
    return { evil: swap(signed, cut(signed, 'saml:Assertion'), theirs), control: signed }
  },
}
