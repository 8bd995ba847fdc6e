import type { Attack } from '../../support/attack.ts'
import { signatureIn, swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'the only signature is in another namespace and stands in Extensions, where the schema takes anything',
  code: 'signature_missing',
  forge: ({ parts, response }) => {
    const p = parts()
    const good = response(p)
    const signature = swap(signatureIn(good), 'http://www.w3.org/2000/09/xmldsig#', 'http://www.w3.org/2000/09/xmldsig')
    const unsigned = response({ ...p, sign: 'none' })
    const extensions = `<samlp:Extensions>${signature}</samlp:Extensions>`
    return { evil: swap(unsigned, '<samlp:Status>', `${extensions}<samlp:Status>`), control: good }
  },
}
