import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'only the assertion is signed where this connection wants the Response signed',
  code: 'signature_missing',
  expected: { requireSigned: 'response' },
  forge: ({ response }) => ({ evil: response({ sign: 'assertion' }), control: response({ sign: 'response' }) }),
}
