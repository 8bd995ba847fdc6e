import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'the status is a code that nobody knows, for whoever lists the failures instead of the one success',
  code: 'status_not_success',
  forge: ({ response }) => ({
    evil: response({ sign: 'response', status: 'urn:example:status:fine' }),
    control: response({ sign: 'response' }),
  }),
}
