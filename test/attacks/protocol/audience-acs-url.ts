import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'the audience is our ACS URL instead of our entity ID, for whoever accepts any name of ours',
  code: 'audience_mismatch',
  forge: ({ sp, response }) => ({ evil: response({ audience: sp.acsUrl }), control: response() }),
}
