import type { Attack } from '../../support/attack.ts'
import { before } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'a CDATA section seems to hold another, for whoever ends it at the second closing and not at the first',
  code: 'xml_malformed',
  forge: ({ response }) => {
    const signed = response()
    const said = (text: string) =>
      before(signed, '</samlp:Status>', `<samlp:StatusMessage>${text}</samlp:StatusMessage>`)
    return { evil: said('<![CDATA[a<![CDATA[b]]>c]]>'), control: said('<![CDATA[a<![CDATA[b]]>c') }
  },
}
