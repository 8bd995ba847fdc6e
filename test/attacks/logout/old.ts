import type { LogoutAttack } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'the request was issued ten minutes ago',
  code: 'logout_stale',
  forge: stage => ({
    evil: stage.redirect({ now: stage.now - 600_000 }),
    control: stage.redirect({ now: stage.now - 400_000 }),
  }),
}
