import type { Attack } from '../../support/attack.ts'
import { assertionXml } from '../../support/idp.ts'
import { before } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed:
    'another tenant’s identity provider puts its signed assertion beside ours, for whoever wants one good signature',
  code: 'response_layout',
  forge: ({ stranger, parts, response }) => {
    const other = { ...stranger, issuer: 'https://idp.other.example/metadata' }
    const signed = response()
    const theirs = assertionXml(other, parts({ issuer: other.issuer, nameId: 'admin' }))
    return { evil: before(signed, '<saml:Assertion ', theirs), control: signed }
  },
}
