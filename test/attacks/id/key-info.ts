import type { Attack } from '../../support/attack.ts'
import { swap } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'the KeyInfo takes the ID of the assertion as its own Id, for a Reference that then signs a certificate',
  code: ['schema_invalid', 'duplicate_id'],
  forge: ({ parts, response }) => {
    const p = parts()
    const signed = response(p)
    return {
      evil: swap(signed, '<ds:KeyInfo>', `<ds:KeyInfo Id="${p.assertionId}">`),
      control: swap(signed, '<ds:KeyInfo>', '<ds:KeyInfo Id="_key">'),
    }
  },
}
