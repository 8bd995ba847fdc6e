import type { Attack } from '../../support/attack.ts'
import { responseXml, testIdp } from '../../support/idp.ts'

const other = testIdp('https://idp.other-tenant.example/metadata')

export const attack: Attack = {
  misdeed:
    'the identity provider of another tenant signs in the name of ours: trust is kept by a table of keys, not by issuer',
  code: 'signature_unknown_key',
  forge: ({ parts, response }) => ({ evil: responseXml(other, parts()), control: response() }),
}
