import type { Attack } from '../../support/attack.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed:
    'the name is changed under a SHA-1 digest with an RSA-SHA256 signature, at a connection that still allows SHA-1',
  code: 'signature_digest',
  trust: { allowSha1: true },
  forge: ({ parts, response }) => {
    const good = response(parts({ signature: { digest: 'sha1' } }))
    return { evil: swap(good, '>alice<', '>admin<'), control: good }
  },
}
