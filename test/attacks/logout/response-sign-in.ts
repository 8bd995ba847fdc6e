import type { LogoutAttack } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'a signed sign-in Response is sent for the answer to a logout',
  code: 'logout_layout',
  forge: stage => ({
    evil: stage.form({ element: 'LogoutResponse' }, stage.response({ sign: 'response' })),
    control: stage.form({ element: 'LogoutResponse' }),
  }),
}
