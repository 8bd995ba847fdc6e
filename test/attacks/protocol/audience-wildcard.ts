import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'the audience is an asterisk, for whoever matches by pattern',
  code: 'audience_mismatch',
  forge: ({ response }) => ({ evil: response({ audience: '*' }), control: response() }),
}
