import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'the URI is a hash with nothing behind it: an empty ID, or the whole document',
  code: 'signature_layout',
  forge: ({ response }) => ({
    evil: response({ sign: 'response', signature: { uri: '#' } }),
    control: response({ sign: 'response' }),
  }),
}
