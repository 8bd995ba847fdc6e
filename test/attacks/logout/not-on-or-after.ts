import type { LogoutAttack } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'NotOnOrAfter is past',
  code: 'logout_stale',
  forge: stage => ({
    evil: stage.redirect({ notOnOrAfter: stage.now - 181_000 }),
    control: stage.redirect({ notOnOrAfter: stage.now - 179_000 }),
  }),
}
