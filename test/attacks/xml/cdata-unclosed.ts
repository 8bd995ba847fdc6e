import type { Attack } from '../../support/attack.ts'
import { before } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'a CDATA section in StatusMessage never ends, for whoever closes it where it pleases',
  code: 'xml_malformed',
  forge: ({ response }) => {
    const signed = response()
    const said = (text: string) =>
      before(signed, '</samlp:Status>', `<samlp:StatusMessage>${text}</samlp:StatusMessage>`)
    return { evil: said('<![CDATA[so it goes'), control: said('<![CDATA[so it goes]]>') }
  },
}
