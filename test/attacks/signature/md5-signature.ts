import { sign } from 'node:crypto'
import type { Attack } from '../../support/attack.ts'
import { ids } from '../../support/dsig.ts'
import { revalue, swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed:
    'the signature is RSA-MD5, at a connection that still allows SHA-1: what allows one old hash must not allow all',
  code: 'signature_algorithm',
  trust: { allowSha1: true },
  forge: ({ idp, response }) => ({
    evil: response({
      signature: {
        signedInfo: text => swap(text, ids.signature['rsa-sha256'], md5),
        after: text => revalue(text, info => sign('md5', Buffer.from(info), idp.privateKey)),
      },
    }),
    control: response({ signature: { algorithm: 'rsa-sha1' } }),
  }),
}

const md5 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-md5'
