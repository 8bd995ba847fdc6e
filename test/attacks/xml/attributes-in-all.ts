import type { Attack } from '../../support/attack.ts'
import { inStatusDetail } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'no element has too many attributes, but all together have more than ten thousand',
  code: 'xml_limits',
  forge: ({ response }) => {
    const signed = response()
    const attributes = Array.from({ length: 60 }, (_, at) => ` a${at}=""`).join('')
    const decoys = (count: number) => inStatusDetail(signed, `<decoy${attributes}></decoy>`.repeat(count))
    return { evil: decoys(170), control: decoys(160) }
  },
}
