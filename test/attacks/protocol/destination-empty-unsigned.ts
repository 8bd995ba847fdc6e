import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'the Destination of an unsigned Response is empty, for whoever takes an empty text as none',
  code: 'destination_mismatch',
  forge: ({ response }) => ({ evil: response({ destination: '' }), control: response() }),
}
