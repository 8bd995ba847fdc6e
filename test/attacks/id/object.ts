import type { Attack } from '../../support/attack.ts'
import { before } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed:
    'an Object of the Signature takes the ID of the assertion, so that the Reference may mean what the Object holds',
  code: ['schema_invalid', 'duplicate_id'],
  forge: ({ parts, response }) => {
    const p = parts()
    const signed = response(p)
    return {
      evil: before(signed, '</ds:Signature>', `<ds:Object Id="${p.assertionId}">nothing</ds:Object>`),
      control: signed,
    }
  },
}
