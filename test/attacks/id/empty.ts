import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'the signed assertion has an empty ID, so that the Reference “#” may mean anything or the whole document',
  code: 'schema_invalid',
  forge: ({ response }) => ({ evil: response({ assertionId: '' }), control: response({ assertionId: '_a' }) }),
}
