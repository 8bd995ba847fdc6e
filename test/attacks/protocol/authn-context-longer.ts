import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'the context begins like the one that was asked for and goes on, for whoever compares with startsWith',
  code: 'authn_context_mismatch',
  expected: { requestedAuthnContext: ['https://refeds.org/profile/mfa'] },
  forge: ({ response }) => ({
    evil: response({ authnContext: 'https://refeds.org/profile/mfa-none' }),
    control: response({ authnContext: 'https://refeds.org/profile/mfa' }),
  }),
}
