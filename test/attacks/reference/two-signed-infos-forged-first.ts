import { createHash } from 'node:crypto'
import type { Attack } from '../../support/attack.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'a SignedInfo with the digest of a forged assertion precedes the signed one (CVE-2025-29774)',
  code: 'schema_invalid',
  forge: ({ parts, assertion, response }) => {
    const p = parts()
    const good = response(p)
    const info = /<ds:SignedInfo>.*?<\/ds:SignedInfo>/s.exec(good)?.[0] ?? ''
    const digest = createHash('sha256')
      .update(assertion({ ...p, sign: 'none', nameId: 'admin' }))
      .digest('base64')
    const forged = swap(info, /(?<=<ds:DigestValue>)[^<]*/, digest)
    return { evil: swap(swap(good, '>alice<', '>admin<'), info, forged + info), control: good }
  },
}
