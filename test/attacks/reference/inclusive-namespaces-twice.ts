import type { Attack } from '../../support/attack.ts'
import { ids } from '../../support/dsig.ts'

export const attack: Attack = {
  misdeed: 'a transform has two InclusiveNamespaces: one verifier heeds the first, another the last',
  code: 'signature_layout',
  forge: ({ response }) => ({
    evil: response({ signature: { transforms: transforms(list('a') + list('b')) } }),
    control: response({ signature: { transforms: transforms(list('a')) } }),
  }),
}

const list = (prefix: string) =>
  `<ec:InclusiveNamespaces xmlns:ec="${ids.exclusive}" PrefixList="${prefix}"></ec:InclusiveNamespaces>`
const transforms = (lists: string) =>
  `<ds:Transform Algorithm="${ids.enveloped}"></ds:Transform>` +
  `<ds:Transform Algorithm="${ids.exclusive}">${lists}</ds:Transform>`
