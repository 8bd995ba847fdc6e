import type { Attack } from '../../support/attack.ts'
import { inStatusDetail } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'one element declares sixty-five namespaces, which every canonicaliser carries down the whole tree',
  code: 'xml_limits',
  forge: ({ response }) => {
    const signed = response()
    const decoy = (count: number) => {
      const declarations = Array.from({ length: count }, (_, at) => ` xmlns:n${at}="urn:n:${at}"`).join('')
      return inStatusDetail(signed, `<decoy${declarations}></decoy>`)
    }
    return { evil: decoy(65), control: decoy(64) }
  },
}
