import { constants, sign } from 'node:crypto'
import type { Attack } from '../../support/attack.ts'
import { revalue } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'a PSS signature has no salt, where the identifier prescribes one as long as the hash (RFC 6931 §2.3.10)',
  code: 'signature_unknown_key',
  forge: ({ idp, response }) => {
    const key = { key: idp.privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 0 }
    const after = (text: string) => revalue(text, info => sign('sha256', Buffer.from(info), key))
    return {
      evil: response({ signature: { algorithm: 'pss-sha256', after } }),
      control: response({ signature: { algorithm: 'pss-sha256' } }),
    }
  },
}
