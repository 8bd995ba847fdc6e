import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'a processing instruction stands in SignedInfo and is signed with it',
  code: 'xml_forbidden',
  forge: ({ response }) => ({
    evil: response({ signature: { signedInfo: text => `<?x y?>${text}` } }),
    control: response(),
  }),
}
