import type { Attack } from '../../support/attack.ts'
import { ids } from '../../support/dsig.ts'

export const attack: Attack = {
  misdeed: 'InclusiveNamespaces holds another InclusiveNamespaces, which a search through the transform finds as well',
  code: 'schema_invalid',
  forge: ({ response }) => ({
    evil: response({ signature: { transforms: transforms(list(inner)) } }),
    control: response({ signature: { transforms: transforms(list('')) } }),
  }),
}

const inner = '<ec:InclusiveNamespaces PrefixList="b"></ec:InclusiveNamespaces>'
const list = (content: string) =>
  `<ec:InclusiveNamespaces xmlns:ec="${ids.exclusive}" PrefixList="a">${content}</ec:InclusiveNamespaces>`
const transforms = (lists: string) =>
  `<ds:Transform Algorithm="${ids.enveloped}"></ds:Transform>` +
  `<ds:Transform Algorithm="${ids.exclusive}">${lists}</ds:Transform>`
