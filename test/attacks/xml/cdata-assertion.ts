import type { Attack } from '../../support/attack.ts'
import { cut, forgery, swap } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'a forged assertion in a CDATA section takes the place of the signed one, for whoever parses the text again',
  code: 'schema_invalid',
  forge: stage => {
    const signed = stage.response()
    const evil = swap(signed, cut(signed, 'saml:Assertion'), `<![CDATA[${forgery(stage)}]]>`)
    return { evil, control: signed }
  },
}
