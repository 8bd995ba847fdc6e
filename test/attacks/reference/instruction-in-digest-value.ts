import type { Attack } from '../../support/attack.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'a processing instruction stands in DigestValue and is signed with it: some readers take its words for text',
  code: 'xml_forbidden',
  forge: ({ response }) => ({
    evil: response({
      signature: { signedInfo: text => swap(text, '<ds:DigestValue>', '<ds:DigestValue><?x AAAA?>') },
    }),
    control: response(),
  }),
}
