import type { LogoutAttack } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'the request will be issued in four minutes',
  code: 'logout_stale',
  forge: stage => ({
    evil: stage.form({ now: stage.now + 240_000 }),
    control: stage.form({ now: stage.now + 120_000 }),
  }),
}
