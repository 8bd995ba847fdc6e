import type { Attack } from '../../support/attack.ts'
import { inStatusDetail } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'an attribute has a prefix that nothing binds, so that e:ID is an ID to whoever cuts prefixes off',
  code: 'xml_malformed',
  forge: ({ parts, response }) => {
    const p = parts()
    const signed = response(p)
    return {
      evil: inStatusDetail(signed, `<decoy e:ID="${p.assertionId}"></decoy>`),
      control: inStatusDetail(signed, '<decoy xmlns:e="urn:e" e:ID="_other"></decoy>'),
    }
  },
}
