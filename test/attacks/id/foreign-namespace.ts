import type { Attack } from '../../support/attack.ts'
import { inStatusDetail } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed:
    'an unknown element repeats the ID of the signed assertion in an attribute of another namespace, as WS-Security does',
  code: 'duplicate_id',
  forge: ({ parts, response }) => {
    const p = parts()
    const signed = response(p)
    const wsu = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd'
    const decoy = (id: string) => `<decoy xmlns:wsu="${wsu}" wsu:Id="${id}"></decoy>`
    return { evil: inStatusDetail(signed, decoy(p.assertionId)), control: inStatusDetail(signed, decoy('_other')) }
  },
}
