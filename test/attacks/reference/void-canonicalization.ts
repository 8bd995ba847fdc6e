import { sign } from 'node:crypto'
import type { Attack } from '../../support/attack.ts'
import { ids } from '../../support/dsig.ts'
import { revalue } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed:
    'a relative namespace makes the canonicalisation of the SignedInfo fail, and the value is a signature over nothing (CVE-2025-66568)',
  code: ['xml_forbidden', 'signature_layout'],
  forge: ({ idp, response }) => ({
    evil: response({
      signature: { transforms, after: text => revalue(text, () => sign('sha256', Buffer.alloc(0), idp.privateKey)) },
    }),
    control: response(),
  }),
}

const list = `<ec:InclusiveNamespaces xmlns:ec="${ids.exclusive}" xmlns:x="relative" PrefixList="x"></ec:InclusiveNamespaces>`
const transforms =
  `<ds:Transform Algorithm="${ids.enveloped}"></ds:Transform>` +
  `<ds:Transform Algorithm="${ids.exclusive}">${list}</ds:Transform>`
