import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'a signed Response names no Destination, for whoever checks it only where it is present',
  code: 'destination_mismatch',
  forge: ({ response }) => ({
    evil: response({ sign: 'response', destination: null }),
    control: response({ sign: 'response' }),
  }),
}
