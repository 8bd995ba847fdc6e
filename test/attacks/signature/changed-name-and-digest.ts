import { createHash } from 'node:crypto'
import type { Attack } from '../../support/attack.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'somebody writes another name into his own assertion and the right digest for it into the SignedInfo',
  code: 'signature_unknown_key',
  forge: ({ parts, assertion, response }) => {
    const p = parts()
    const good = response(p)
    const changed = createHash('sha256')
      .update(assertion({ ...p, sign: 'none', nameId: 'admin' }))
      .digest('base64')
    const evil = swap(swap(good, '>alice<', '>admin<'), /(?<=<ds:DigestValue>)[^<]*/, changed)
    return { evil, control: good }
  },
}
