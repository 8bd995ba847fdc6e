import type { Attack } from '../../support/attack.ts'
import { inStatusDetail } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'an element of no namespace says where its schema is to be fetched, and has a type of that schema',
  code: 'schema_invalid',
  forge: ({ response }) => {
    const signed = response()
    const decoy = (more: string) => inStatusDetail(signed, `<decoy${more}></decoy>`)
    const hint =
      ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="http://sink.example/n.xsd"'
    return { evil: decoy(`${hint} xsi:type="Anything"`), control: decoy(hint) }
  },
}
