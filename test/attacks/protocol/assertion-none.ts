import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'a signed Response reports success and carries no assertion',
  code: 'response_layout',
  forge: ({ response }) => ({ evil: response({ sign: 'response' }, ''), control: response({ sign: 'response' }) }),
}
