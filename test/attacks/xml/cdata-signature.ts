import type { Attack } from '../../support/attack.ts'
import { before, cut, unsigned } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'the Signature stands in a CDATA section of StatusMessage, for whoever searches the text for one',
  code: 'signature_missing',
  forge: ({ response }) => {
    const signed = response()
    const message = (content: string) => `<samlp:StatusMessage><![CDATA[${content}]]></samlp:StatusMessage>`
    return {
      evil: before(unsigned(signed), '</samlp:Status>', message(cut(signed, 'ds:Signature'))),
      control: before(signed, '</samlp:Status>', message(cut(signed, 'ds:Signature'))),
    }
  },
}
