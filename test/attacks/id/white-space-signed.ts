import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'the signed assertion has a space before its ID, which the Reference leaves out',
  code: 'signature_layout',
  forge: ({ response }) => ({
    evil: response({ assertionId: ' _spaced', signature: { uri: '#_spaced' } }),
    control: response({ assertionId: '_spaced' }),
  }),
}
