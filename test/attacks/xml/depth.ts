import type { Attack } from '../../support/attack.ts'
import { inStatusDetail } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'elements are nested thirty-three deep, for whoever walks a tree by recursion',
  code: 'xml_limits',
  forge: ({ response }) => {
    const signed = response()
    const nested = (levels: number) => inStatusDetail(signed, '<n>'.repeat(levels) + '</n>'.repeat(levels))
    return { evil: nested(30), control: nested(29) }
  },
}
