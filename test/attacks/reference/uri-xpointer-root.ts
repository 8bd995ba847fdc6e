import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'the URI is an XPointer to the root: valid, and no proof of any one element',
  code: 'signature_layout',
  forge: ({ response }) => ({
    evil: response({ sign: 'response', signature: { uri: '#xpointer(/)' } }),
    control: response({ sign: 'response' }),
  }),
}
