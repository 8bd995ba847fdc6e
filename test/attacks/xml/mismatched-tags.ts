import type { Attack } from '../../support/attack.ts'
import { inStatusDetail } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'two elements close in the wrong order, for a lenient parser that moves what is between them',
  code: 'xml_malformed',
  forge: ({ response }) => {
    const signed = response()
    return {
      evil: inStatusDetail(signed, '<a><b></a></b>'),
      control: inStatusDetail(signed, '<a><b></b></a>'),
    }
  },
}
