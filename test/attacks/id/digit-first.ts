import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'the ID of the signed assertion begins with a digit and is no NCName, which some parsers then do not index',
  code: 'schema_invalid',
  forge: ({ response }) => ({ evil: response({ assertionId: '1a' }), control: response({ assertionId: '_1a' }) }),
}
