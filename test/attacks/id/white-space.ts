import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed:
    'the Response takes the ID of its assertion with a space before it, which is one ID to the schema and two to an XPath',
  code: ['schema_invalid', 'duplicate_id'],
  forge: ({ parts, response }) => {
    const p = parts()
    return { evil: response({ ...p, responseId: ` ${p.assertionId}` }), control: response(p) }
  },
}
