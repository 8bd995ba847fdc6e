import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'the audience has a slash more than our entity ID, for whoever normalises names as if they were URLs',
  code: 'audience_mismatch',
  forge: ({ sp, response }) => ({ evil: response({ audience: `${sp.entityId}/` }), control: response() }),
}
