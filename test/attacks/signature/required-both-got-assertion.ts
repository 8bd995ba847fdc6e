import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'only the assertion is signed where this connection wants both signed',
  code: 'signature_missing',
  expected: { requireSigned: 'both' },
  forge: ({ response }) => ({ evil: response({ sign: 'assertion' }), control: response({ sign: 'both' }) }),
}
