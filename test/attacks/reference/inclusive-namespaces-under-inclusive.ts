import type { Attack } from '../../support/attack.ts'
import { ids } from '../../support/dsig.ts'

export const attack: Attack = {
  misdeed:
    'an inclusive canonicalisation carries a PrefixList, which means nothing there and something to a careless verifier',
  code: 'signature_layout',
  forge: ({ response }) => ({
    evil: response({ sign: 'response', signature: { transforms: transforms(list) } }),
    control: response({ sign: 'response', signature: { transforms: transforms('') } }),
  }),
}

const list = `<ec:InclusiveNamespaces xmlns:ec="${ids.exclusive}" PrefixList="a"></ec:InclusiveNamespaces>`
const transforms = (content: string) =>
  `<ds:Transform Algorithm="${ids.enveloped}"></ds:Transform>` +
  `<ds:Transform Algorithm="${ids.inclusive}">${content}</ds:Transform>`
