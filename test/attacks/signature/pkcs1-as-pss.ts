import type { Attack } from '../../support/attack.ts'
import { signatureValue } from '../../support/dsig.ts'
import { revalue } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'a PKCS 1 signature by the right key is named PSS: the padding must be the one that is named',
  code: 'signature_unknown_key',
  forge: ({ idp, response }) => {
    const after = (text: string) => revalue(text, info => signatureValue(info, idp.privateKey, 'rsa-sha256'))
    return {
      evil: response({ signature: { algorithm: 'pss-sha256', after } }),
      control: response({ signature: { algorithm: 'pss-sha256' } }),
    }
  },
}
