import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed:
    'the URI is empty and means the whole document, whatever that is: valid here, and no proof of any one element',
  code: 'signature_layout',
  forge: ({ response }) => ({
    evil: response({ sign: 'response', signature: { uri: '' } }),
    control: response({ sign: 'response' }),
  }),
}
