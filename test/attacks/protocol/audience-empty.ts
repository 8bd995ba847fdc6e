import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'the Audience is empty, for whoever asks whether our entity ID contains it',
  code: 'audience_mismatch',
  forge: ({ response }) => ({ evil: response({ audience: '' }), control: response() }),
}
