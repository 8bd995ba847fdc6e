import type { Attack } from '../../support/attack.ts'
import { ids } from '../../support/dsig.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'the PrefixList names the default namespace, which is bound afterwards on the Response',
  code: 'signature_digest',
  forge: ({ response }) => {
    const good = response({ signature: { transforms } })
    return { evil: swap(good, '<samlp:Response ', '<samlp:Response xmlns="urn:example" '), control: good }
  },
}

const list = `<ec:InclusiveNamespaces xmlns:ec="${ids.exclusive}" PrefixList="#default"></ec:InclusiveNamespaces>`
const transforms =
  `<ds:Transform Algorithm="${ids.enveloped}"></ds:Transform>` +
  `<ds:Transform Algorithm="${ids.exclusive}">${list}</ds:Transform>`
