import type { Attack } from '../../support/attack.ts'
import { swap } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'the SignedInfo declares a relative namespace, which breaks a canonicaliser before any key is tried',
  code: ['xml_forbidden', 'xml_malformed', 'signature_layout'],
  forge: ({ response }) => {
    const control = response()
    return { evil: swap(control, '<ds:SignedInfo>', '<ds:SignedInfo xmlns:x="evil">'), control }
  },
}
