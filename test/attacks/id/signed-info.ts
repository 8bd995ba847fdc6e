import type { Attack } from '../../support/attack.ts'
import { swap } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'the SignedInfo, truly signed, carries the ID of the assertion as its own Id, and the Reference may mean it',
  code: ['schema_invalid', 'duplicate_id'],
  forge: ({ parts, response }) => {
    const p = parts()
    const marked = (id: string) =>
      response({
        ...p,
        signature: {
          inherited: ` xmlns:ds="http://www.w3.org/2000/09/xmldsig#" Id="${id}"`,
          after: text => swap(text, '<ds:SignedInfo>', `<ds:SignedInfo Id="${id}">`),
        },
      })
    return { evil: marked(p.assertionId), control: marked('_info') }
  },
}
