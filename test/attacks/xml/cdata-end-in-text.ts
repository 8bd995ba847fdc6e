import type { Attack } from '../../support/attack.ts'
import { before } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'the end of a CDATA section stands in plain text, for whoever believes to be in one',
  code: 'xml_malformed',
  forge: ({ response }) => {
    const signed = response()
    const said = (text: string) =>
      before(signed, '</samlp:Status>', `<samlp:StatusMessage>${text}</samlp:StatusMessage>`)
    return { evil: said('so ]]> it goes'), control: said('so ]]&gt; it goes') }
  },
}
