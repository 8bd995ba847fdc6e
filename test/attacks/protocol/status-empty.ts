import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'the status code is empty, for whoever takes an empty text as no failure',
  code: 'status_not_success',
  forge: ({ response }) => ({
    evil: response({ sign: 'response', status: '' }),
    control: response({ sign: 'response' }),
  }),
}
