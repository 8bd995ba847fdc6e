import type { Attack } from '../../support/attack.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed:
    'the unsigned Response declares a relative namespace, which comes into the scope of the signed assertion and breaks its canonicalisation',
  code: ['xml_forbidden', 'signature_layout'],
  forge: ({ response }) => {
    const good = response()
    return { evil: swap(good, '<samlp:Response ', '<samlp:Response xmlns:x="relative" '), control: good }
  },
}
