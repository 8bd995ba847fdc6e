import type { Attack } from '../../support/attack.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'the name is changed after signing, at a connection that still allows SHA-1',
  code: 'signature_digest',
  trust: { allowSha1: true },
  forge: ({ parts, response }) => {
    const good = response(parts({ signature: { algorithm: 'rsa-sha1', digest: 'sha1' } }))
    return { evil: swap(good, '>alice<', '>admin<'), control: good }
  },
}
