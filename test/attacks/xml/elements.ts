import type { Attack } from '../../support/attack.ts'
import { before, inStatusDetail } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'the message holds five thousand and one elements, each of which a canonicaliser may visit many times',
  code: 'xml_limits',
  forge: ({ response }) => {
    const signed = inStatusDetail(response(), '')
    const room = 5000 - (signed.match(/<[^/]/g)?.length ?? 0)
    const filled = (count: number) => before(signed, '</samlp:StatusDetail>', '<n></n>'.repeat(count))
    return { evil: filled(room + 1), control: filled(room) }
  },
}
