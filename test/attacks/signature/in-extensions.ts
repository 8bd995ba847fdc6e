import type { Attack } from '../../support/attack.ts'
import { signatureIn, swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'the only signature over the assertion stands apart from it, in Extensions of the Response',
  code: 'signature_layout',
  forge: ({ parts, response }) => {
    const good = response(parts())
    const signature = signatureIn(good)
    const extensions = `<samlp:Extensions>${signature}</samlp:Extensions>`
    return { evil: swap(swap(good, signature, ''), '<samlp:Status>', `${extensions}<samlp:Status>`), control: good }
  },
}
