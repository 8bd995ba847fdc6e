import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'one Audience lists two names, for whoever splits at white space or searches the text',
  code: 'schema_invalid',
  forge: ({ sp, response }) => ({
    evil: response({ audience: `https://other.example ${sp.entityId}` }),
    control: response(),
  }),
}
