import type { Attack } from '../../support/attack.ts'
import { inStatusDetail } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'another prefix is bound to the namespace of xml, so that e:id is an xml:id by a name that nobody looks for',
  code: 'xml_malformed',
  forge: ({ parts, response }) => {
    const p = parts()
    const control = response(p)
    const decoy = `<decoy xmlns:e="http://www.w3.org/XML/1998/namespace" e:id="${p.assertionId}"></decoy>`
    return { evil: inStatusDetail(control, decoy), control }
  },
}
