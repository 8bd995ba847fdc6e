import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'the Destination is empty, for whoever takes an empty text as none',
  code: 'destination_mismatch',
  forge: ({ response }) => ({
    evil: response({ sign: 'response', destination: '' }),
    control: response({ sign: 'response' }),
  }),
}
