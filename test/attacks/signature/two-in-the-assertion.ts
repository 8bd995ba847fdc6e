import type { Attack } from '../../support/attack.ts'
import { signatureOf } from '../../support/dsig.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed:
    'the assertion has two signatures, a stranger’s and a good one: one verifier checks the first, another the last',
  code: 'schema_invalid',
  forge: ({ idp, stranger, parts, assertion, response }) => {
    const p = parts()
    const bare = assertion({ ...p, sign: 'none' })
    const strangers = signatureOf(stranger, bare, p.assertionId)
    const good = signatureOf(idp, bare, p.assertionId)
    const twice = swap(bare, '<saml:Subject>', `${strangers}${good}<saml:Subject>`)
    return { evil: response(p, twice), control: response(p) }
  },
}
