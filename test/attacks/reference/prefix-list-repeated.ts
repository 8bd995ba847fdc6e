import type { Attack } from '../../support/attack.ts'
import { ids } from '../../support/dsig.ts'

const method = (prefixes: string) =>
  `<ds:CanonicalizationMethod Algorithm="${ids.exclusive}"><ec:InclusiveNamespaces xmlns:ec="${ids.exclusive}" PrefixList="${prefixes}"></ec:InclusiveNamespaces></ds:CanonicalizationMethod>`

export const attack: Attack = {
  misdeed:
    'the PrefixList of the SignedInfo repeats a name, for whoever looks each up at each element before any key fits',
  code: 'signature_layout',
  forge: ({ response }) => ({
    evil: response({ signature: { method: method('never never') } }),
    control: response({ signature: { method: method('never') } }),
  }),
}
