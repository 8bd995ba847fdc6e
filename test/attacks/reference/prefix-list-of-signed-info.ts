import type { Attack } from '../../support/attack.ts'
import { ids } from '../../support/dsig.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed:
    'a prefix that the signed SignedInfo lists is bound afterwards, and changes the text whose signature is checked',
  code: 'signature_unknown_key',
  forge: ({ response }) => {
    const good = response({ signature: { method } })
    return { evil: swap(good, '<samlp:Response ', '<samlp:Response xmlns:later="urn:example" '), control: good }
  },
}

const list = `<ec:InclusiveNamespaces xmlns:ec="${ids.exclusive}" PrefixList="later"></ec:InclusiveNamespaces>`
const method = `<ds:CanonicalizationMethod Algorithm="${ids.exclusive}">${list}</ds:CanonicalizationMethod>`
