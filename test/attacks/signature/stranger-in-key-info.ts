import type { Attack } from '../../support/attack.ts'
import { signatureOf } from '../../support/dsig.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'a stranger’s signature over the same assertion stands in the KeyInfo of the good one',
  code: 'signature_layout',
  forge: ({ stranger, parts, assertion, response }) => {
    const p = parts()
    const other = signatureOf(stranger, assertion({ ...p, sign: 'none' }), p.assertionId, { keyInfo: '' })
    const good = response(p)
    return { evil: swap(good, '</ds:KeyInfo>', `<x xmlns="urn:example">${other}</x></ds:KeyInfo>`), control: good }
  },
}
