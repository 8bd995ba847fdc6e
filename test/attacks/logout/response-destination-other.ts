import type { LogoutAttack } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'the response is for another service',
  code: 'destination_mismatch',
  forge: stage => ({
    evil: stage.form({ element: 'LogoutResponse', destination: 'https://other.example/slo' }),
    control: stage.form({ element: 'LogoutResponse' }),
  }),
}
