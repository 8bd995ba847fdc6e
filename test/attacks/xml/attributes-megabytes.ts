import type { Attack } from '../../support/attack.ts'
import { inStatusDetail } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'one element has three megabytes of attributes, so that reading a single tag takes long',
  code: 'xml_limits',
  forge: ({ response }) => {
    const control = response()
    const attributes = Array.from({ length: 230_000 }, (_, at) => ` a${at}="b"`).join('')
    return { evil: inStatusDetail(control, `<decoy${attributes}></decoy>`), control }
  },
}
