import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'the audience carries our entity ID in its query, for whoever compares with endsWith',
  code: 'audience_mismatch',
  forge: ({ sp, response }) => ({
    evil: response({ audience: `https://evil.example/?${sp.entityId}` }),
    control: response(),
  }),
}
