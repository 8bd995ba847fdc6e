import type { Attack } from '../../support/attack.ts'
import { change } from '../../support/rewrite.ts'

export const attack: Attack = {
  misdeed: 'the context that was asked for stands where a declaration is referred to, not as the class',
  code: 'authn_context_mismatch',
  expected: { requestedAuthnContext: ['https://refeds.org/profile/mfa'] },
  forge: ({ response }) => ({
    evil: response({
      editAssertion: change(/<saml:AuthnContextClassRef>.*?<\/saml:AuthnContextClassRef>/, declaration),
    }),
    control: response({ authnContext: 'https://refeds.org/profile/mfa' }),
  }),
}

const declaration = '<saml:AuthnContextDeclRef>https://refeds.org/profile/mfa</saml:AuthnContextDeclRef>'
