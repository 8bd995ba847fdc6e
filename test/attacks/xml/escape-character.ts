import type { Attack } from '../../support/attack.ts'
import { before } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'an escape sequence for the operator’s terminal stands in StatusMessage, outside what is signed',
  code: 'xml_forbidden',
  forge: ({ response }) => {
    const signed = response()
    const said = (text: string) =>
      before(signed, '</samlp:Status>', `<samlp:StatusMessage>${text}</samlp:StatusMessage>`)
    return { evil: said('\u001b[2Jwelcome'), control: said('[2Jwelcome') }
  },
}
