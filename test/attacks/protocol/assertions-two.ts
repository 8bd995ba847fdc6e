import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'a Response carries two good assertions of two people, for whoever proves one and reads the other',
  code: 'response_layout',
  forge: ({ assertion, response }) => ({
    evil: response({}, assertion() + assertion({ nameId: 'bob' })),
    control: response({}, assertion()),
  }),
}
