import type { LogoutAttack } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'the request is for another service',
  code: 'destination_mismatch',
  forge: stage => ({ evil: stage.redirect({ destination: 'https://other.example/slo' }), control: stage.redirect() }),
}
