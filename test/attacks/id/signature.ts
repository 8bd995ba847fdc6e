import type { Attack } from '../../support/attack.ts'
import { swap } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'the Signature, which no digest covers, takes the ID of the assertion that it signs as its own Id',
  code: ['schema_invalid', 'duplicate_id'],
  forge: ({ parts, response }) => {
    const p = parts()
    const signed = response(p)
    return {
      evil: swap(signed, '<ds:Signature ', `<ds:Signature Id="${p.assertionId}" `),
      control: swap(signed, '<ds:Signature ', '<ds:Signature Id="_signature" '),
    }
  },
}
