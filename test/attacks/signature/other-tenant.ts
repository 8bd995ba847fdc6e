import type { Attack } from '../../support/attack.ts'
import { responseXml, testIdp } from '../../support/idp.ts'

const other = testIdp('https://idp.other-tenant.example/metadata')

export const attack: Attack = {
  misdeed: 'the identity provider of another tenant, trusted there, signs in its own name for this connection',
  code: 'signature_unknown_key',
  forge: ({ parts, response }) => ({
    evil: responseXml(other, parts({ issuer: other.issuer, responseIssuer: other.issuer })),
    control: response(),
  }),
}
