import type { Attack } from '../../support/attack.ts'
import { signatureIn, swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'the valid signature of the assertion stands in the Response instead, as if all of it were signed',
  code: 'signature_layout',
  forge: ({ parts, response }) => {
    const good = response(parts())
    const signature = signatureIn(good)
    return { evil: swap(swap(good, signature, ''), '<samlp:Status>', `${signature}<samlp:Status>`), control: good }
  },
}
