import type { Attack } from '../../support/attack.ts'
import { inStatusDetail } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed:
    'an unknown element repeats the ID of the assertion with a space after it, for whoever trims before looking up',
  code: 'duplicate_id',
  forge: ({ parts, response }) => {
    const p = parts()
    const signed = response(p)
    return {
      evil: inStatusDetail(signed, `<decoy ID="${p.assertionId} "></decoy>`),
      control: inStatusDetail(signed, '<decoy ID="_other "></decoy>'),
    }
  },
}
