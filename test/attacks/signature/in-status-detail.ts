import type { Attack } from '../../support/attack.ts'
import { signatureIn, swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'the only signature over the assertion stands apart from it, in StatusDetail',
  code: 'signature_layout',
  forge: ({ parts, response }) => {
    const good = response(parts())
    const signature = signatureIn(good)
    const detail = `<samlp:StatusDetail>${signature}</samlp:StatusDetail>`
    return { evil: swap(swap(good, signature, ''), '</samlp:Status>', `${detail}</samlp:Status>`), control: good }
  },
}
