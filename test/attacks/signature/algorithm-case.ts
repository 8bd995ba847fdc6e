import type { Attack } from '../../support/attack.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'the name of the signature algorithm is in capitals: two verifiers that fold letters otherwise would differ',
  code: 'signature_algorithm',
  forge: ({ response }) => ({
    evil: response({ signature: { signedInfo: text => swap(text, '#rsa-sha256', '#RSA-SHA256') } }),
    control: response(),
  }),
}
