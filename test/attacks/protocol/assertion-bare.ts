import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'a signed assertion is posted without the Response around it, so that nothing says what it answers',
  code: 'response_layout',
  forge: ({ assertion, response }) => ({ evil: assertion(), control: response() }),
}
