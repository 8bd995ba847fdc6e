import { createHmac } from 'node:crypto'
import type { Attack } from '../../support/attack.ts'
import { ids } from '../../support/dsig.ts'
import { revalue, swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed:
    'a forger makes an HMAC-SHA256 with the public key in PEM as its secret, as with tokens that confuse RS256 and HS256',
  code: 'signature_algorithm',
  forge: ({ idp, response }) => ({
    evil: response({
      signature: {
        signedInfo: text => swap(text, ids.signature['rsa-sha256'], hmac),
        after: text =>
          revalue(text, info => {
            const secret = idp.publicKey.export({ type: 'spki', format: 'pem' })
            return createHmac('sha256', secret).update(info).digest()
          }),
      },
    }),
    control: response(),
  }),
}

const hmac = 'http://www.w3.org/2001/04/xmldsig-more#hmac-sha256'
