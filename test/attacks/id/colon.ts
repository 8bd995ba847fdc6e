import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'the ID of the signed assertion holds a colon and is no NCName, for whoever reads a prefix in it',
  code: 'schema_invalid',
  forge: ({ response }) => ({ evil: response({ assertionId: 'a:b' }), control: response({ assertionId: 'a-b' }) }),
}
