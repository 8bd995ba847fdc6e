import type { Attack } from '../../support/attack.ts'
import { swap } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'the SignatureValue takes the ID of the assertion as its own Id',
  code: ['schema_invalid', 'duplicate_id'],
  forge: ({ parts, response }) => {
    const p = parts()
    const signed = response(p)
    return {
      evil: swap(signed, '<ds:SignatureValue>', `<ds:SignatureValue Id="${p.assertionId}">`),
      control: swap(signed, '<ds:SignatureValue>', '<ds:SignatureValue Id="_value">'),
    }
  },
}
