import type { Attack } from '../../support/attack.ts'
import { inStatusDetail } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed:
    'an ATTLIST gives every decoy the ID of the signed assertion by default, for whoever loads attribute defaults',
  code: 'xml_forbidden',
  forge: ({ parts, response }) => {
    const p = parts()
    const signed = inStatusDetail(response(p), '<decoy></decoy>')
    return { evil: `<!DOCTYPE r [<!ATTLIST decoy ID ID "${p.assertionId}">]>${signed}`, control: signed }
  },
}
