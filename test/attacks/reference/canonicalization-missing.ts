import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'the SignedInfo names no canonicalisation at all',
  code: 'schema_invalid',
  forge: ({ response }) => ({ evil: response({ signature: { method: '' } }), control: response() }),
}
