import type { Attack } from '../../support/attack.ts'
import { seal, swap } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'an XInclude, truly signed, stands in the NameID, so that the name is whatever it fetches at the moment',
  code: 'schema_invalid',
  forge: ({ idp, assertion, response }) => {
    const bare = assertion({ sign: 'none' })
    const include =
      '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="http://sink.example/name" parse="text"></xi:include>'
    return {
      evil: response({}, seal(idp, swap(bare, '>alice<', `>alice${include}<`))),
      control: response({}, seal(idp, bare)),
    }
  },
}
