import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'a signed Response carries two assertions of two people, for whoever reads the first or the last',
  code: 'response_layout',
  forge: ({ assertion, response }) => ({
    evil: response({ sign: 'response' }, assertion({ sign: 'none' }) + assertion({ sign: 'none', nameId: 'bob' })),
    control: response({ sign: 'response' }),
  }),
}
