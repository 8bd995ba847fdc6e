import type { Attack } from '../../support/attack.ts'
import { inStatusDetail } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'one element has sixty-five attributes, for whoever compares each with each',
  code: 'xml_limits',
  forge: ({ response }) => {
    const signed = response()
    const decoy = (count: number) => {
      const attributes = Array.from({ length: count }, (_, at) => ` a${at}="${at}"`).join('')
      return inStatusDetail(signed, `<decoy${attributes}></decoy>`)
    }
    return { evil: decoy(65), control: decoy(64) }
  },
}
