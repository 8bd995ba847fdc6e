import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'the NameID is white space, which saml-core §1.3.1 does not take for a text',
  code: 'subject_missing',
  forge: ({ response }) => ({ evil: response({ nameId: ' \n ' }), control: response() }),
}
