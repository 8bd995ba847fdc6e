import type { LogoutAttack } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'a stranger signed the response',
  code: 'signature_unknown_key',
  forge: stage => ({
    evil: stage.redirect({ element: 'LogoutResponse' }, { key: stage.stranger.privateKey }),
    control: stage.redirect({ element: 'LogoutResponse' }),
  }),
}
