import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'the Response takes the ID of its signed assertion, for whoever resolves the Reference to the first match',
  code: ['schema_invalid', 'duplicate_id'],
  forge: ({ parts, response }) => {
    const p = parts()
    return { evil: response({ ...p, responseId: p.assertionId }), control: response(p) }
  },
}
