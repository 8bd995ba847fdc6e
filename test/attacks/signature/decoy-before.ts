import type { Attack } from '../../support/attack.ts'
import { signatureIn, swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed:
    'a copy of the assertion’s signature stands before it, in Extensions, where a search through the document finds it first',
  code: 'signature_layout',
  forge: ({ response }) => {
    const good = response()
    const extensions = `<samlp:Extensions>${signatureIn(good)}</samlp:Extensions>`
    return { evil: swap(good, '<samlp:Status>', `${extensions}<samlp:Status>`), control: good }
  },
}
