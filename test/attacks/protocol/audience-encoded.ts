import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'the audience is our entity ID in percent-encoding, for whoever decodes before comparing',
  code: 'audience_mismatch',
  forge: ({ response }) => ({
    evil: response({ audience: 'https://sso.example/saml/c1/met%61data' }),
    control: response(),
  }),
}
