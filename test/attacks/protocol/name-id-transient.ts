import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'the NameID is transient and no attribute names the person: tomorrow it may be somebody else’s',
  code: 'subject_unstable',
  forge: ({ response }) => ({
    evil: response({ nameIdFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient' }),
    control: response(),
  }),
}
