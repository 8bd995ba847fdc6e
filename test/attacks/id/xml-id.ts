import type { Attack } from '../../support/attack.ts'
import { inStatusDetail } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'an unknown element repeats the ID of the signed assertion in xml:id, which parsers index by themselves',
  code: ['schema_invalid', 'duplicate_id'],
  forge: ({ parts, response }) => {
    const p = parts()
    const signed = response(p)
    return {
      evil: inStatusDetail(signed, `<decoy xml:id="${p.assertionId}"></decoy>`),
      control: inStatusDetail(signed, '<decoy xml:id="_other"></decoy>'),
    }
  },
}
