import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'Response and Assertion are signed and there is no Destination, for whoever lets the Assertion excuse it',
  code: 'destination_mismatch',
  forge: ({ response }) => ({
    evil: response({ sign: 'both', destination: null }),
    control: response({ sign: 'both' }),
  }),
}
