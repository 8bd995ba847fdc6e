import type { Attack } from '../../support/attack.ts'
import { inStatusDetail } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'two unknown elements carry one xml:id, of which a parser keeps the first or the last',
  code: ['xml_malformed', 'duplicate_id'],
  forge: ({ response }) => {
    const signed = response()
    return {
      evil: inStatusDetail(signed, '<decoy xml:id="_a"></decoy><decoy xml:id="_a"></decoy>'),
      control: inStatusDetail(signed, '<decoy xml:id="_a"></decoy><decoy xml:id="_b"></decoy>'),
    }
  },
}
