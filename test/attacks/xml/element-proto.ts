import type { Attack } from '../../support/attack.ts'
import { inStatusDetail } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed:
    'an element named __proto__ carries the ID of the signed assertion, for whoever makes plain objects of elements',
  code: 'duplicate_id',
  forge: ({ parts, response }) => {
    const p = parts()
    const signed = response(p)
    const decoy = (id: string) => `<__proto__ constructor="x" ID="${id}"></__proto__>`
    return { evil: inStatusDetail(signed, decoy(p.assertionId)), control: inStatusDetail(signed, decoy('_other')) }
  },
}
