import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'the audience begins with our entity ID and goes on, for whoever looks for ours in the text',
  code: 'audience_mismatch',
  forge: ({ sp, response }) => ({ evil: response({ audience: `${sp.entityId}.evil.example` }), control: response() }),
}
