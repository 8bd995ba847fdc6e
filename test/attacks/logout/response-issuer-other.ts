import type { LogoutAttack } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'the response is from another issuer',
  code: 'issuer_mismatch',
  forge: stage => ({
    evil: stage.redirect({ element: 'LogoutResponse', issuer: 'https://other.example' }),
    control: stage.redirect({ element: 'LogoutResponse' }),
  }),
}
