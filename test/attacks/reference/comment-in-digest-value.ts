import { createHash } from 'node:crypto'
import type { Attack } from '../../support/attack.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed:
    'a comment in DigestValue holds the digest of a forged assertion: canonicalisation drops it, a reader of text may not (CVE-2025-29775)',
  code: 'xml_forbidden',
  forge: ({ parts, assertion, response }) => {
    const p = parts()
    const good = response(p)
    const digest = createHash('sha256')
      .update(assertion({ ...p, sign: 'none', nameId: 'admin' }))
      .digest('base64')
    const commented = swap(good, '<ds:DigestValue>', `<ds:DigestValue><!--${digest}-->`)
    return { evil: swap(commented, '>alice<', '>admin<'), control: good }
  },
}
