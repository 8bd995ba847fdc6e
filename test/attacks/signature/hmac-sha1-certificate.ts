import { createHmac } from 'node:crypto'
import type { Attack } from '../../support/attack.ts'
import { ids } from '../../support/dsig.ts'
import { revalue, swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed:
    'a forger makes an HMAC-SHA1 with the public certificate as its secret: the verifier hands the same text to HMAC',
  code: 'signature_algorithm',
  trust: { allowSha1: true },
  forge: ({ idp, response }) => ({
    evil: response({
      signature: {
        signedInfo: text => swap(text, ids.signature['rsa-sha256'], 'http://www.w3.org/2000/09/xmldsig#hmac-sha1'),
        after: text => revalue(text, info => createHmac('sha1', idp.certificate).update(info).digest()),
      },
    }),
    control: response(),
  }),
}
