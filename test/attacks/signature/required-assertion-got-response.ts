import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'only the Response is signed where this connection wants the assertion signed',
  code: 'signature_missing',
  expected: { requireSigned: 'assertion' },
  forge: ({ response }) => ({ evil: response({ sign: 'response' }), control: response({ sign: 'assertion' }) }),
}
