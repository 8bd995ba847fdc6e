import type { LogoutAttack } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'the request is for another tenant’s address here',
  code: 'destination_mismatch',
  forge: stage => ({
    evil: stage.redirect({ destination: 'https://sso.example/saml/c2/slo' }),
    control: stage.redirect(),
  }),
}
