import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'a password is taken where this connection asks for a second factor',
  code: 'authn_context_mismatch',
  expected: { requestedAuthnContext: ['https://refeds.org/profile/mfa'] },
  forge: ({ response }) => ({
    evil: response(),
    control: response({ authnContext: 'https://refeds.org/profile/mfa' }),
  }),
}
