import type { Attack } from '../../support/attack.ts'
import { ids } from '../../support/dsig.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed:
    'a prefix of the signed PrefixList is bound afterwards, on the Response, and changes what the assertion means',
  code: 'signature_digest',
  forge: ({ response }) => {
    const good = response({ signature: { transforms } })
    return { evil: swap(good, '<samlp:Response ', '<samlp:Response xmlns:later="urn:example" '), control: good }
  },
}

const list = `<ec:InclusiveNamespaces xmlns:ec="${ids.exclusive}" PrefixList="later never"></ec:InclusiveNamespaces>`
const transforms =
  `<ds:Transform Algorithm="${ids.enveloped}"></ds:Transform>` +
  `<ds:Transform Algorithm="${ids.exclusive}">${list}</ds:Transform>`
