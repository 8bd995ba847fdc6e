import type { Attack } from '../../support/attack.ts'
import { signatureOf } from '../../support/dsig.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'the assertion’s only signature stands in its Subject',
  code: 'schema_invalid',
  forge: ({ idp, parts, assertion, response }) => {
    const p = parts()
    const bare = assertion({ ...p, sign: 'none' })
    const signature = signatureOf(idp, bare, p.assertionId)
    return { evil: response(p, swap(bare, '<saml:NameID', `${signature}<saml:NameID`)), control: response(p) }
  },
}
