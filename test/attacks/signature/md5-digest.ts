import { createHash } from 'node:crypto'
import type { Attack } from '../../support/attack.ts'
import { ids } from '../../support/dsig.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'the digest is MD5, whose collisions cost nothing, at a connection that still allows SHA-1',
  code: 'signature_algorithm',
  trust: { allowSha1: true },
  forge: ({ parts, assertion, response }) => {
    const p = parts()
    const digest = createHash('md5')
      .update(assertion({ ...p, sign: 'none' }))
      .digest('base64')
    const signedInfo = (text: string) => swap(swap(text, ids.digest.sha256, md5), /(?<=<ds:DigestValue>)[^<]*/, digest)
    return { evil: response({ ...p, signature: { signedInfo } }), control: response({ signature: { digest: 'sha1' } }) }
  },
}

const md5 = 'http://www.w3.org/2001/04/xmldsig-more#md5'
