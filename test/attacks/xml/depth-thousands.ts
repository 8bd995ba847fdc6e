import type { Attack } from '../../support/attack.ts'
import { inStatusDetail } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'elements are nested ten thousand deep, for a parser or a schema that runs out of stack',
  code: 'xml_limits',
  forge: ({ response }) => {
    const signed = response()
    const nested = (levels: number) => inStatusDetail(signed, '<n>'.repeat(levels) + '</n>'.repeat(levels))
    return { evil: nested(10_000), control: nested(10) }
  },
}
