import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'the URI is the word xpointer alone, which some verifiers treat as the root',
  code: 'signature_layout',
  forge: ({ response }) => ({
    evil: response({ sign: 'response', signature: { uri: '#xpointer' } }),
    control: response({ sign: 'response' }),
  }),
}
