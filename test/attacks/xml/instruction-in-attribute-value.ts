import type { Attack } from '../../support/attack.ts'
import { seal, swap } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed:
    'a processing instruction, truly signed, splits an e-mail address, and one canonicaliser digests its data as text',
  code: 'xml_forbidden',
  forge: ({ idp, assertion, response }) => {
    const bare = assertion({ sign: 'none' })
    return {
      evil: response({}, seal(idp, swap(bare, '>alice@acme.example<', '>alice@<?x evil.?>acme.example<'))),
      control: response({}, seal(idp, bare)),
    }
  },
}
