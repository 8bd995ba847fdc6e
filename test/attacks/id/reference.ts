import type { Attack } from '../../support/attack.ts'
import { swap } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'the Reference, truly signed, carries the ID of the assertion as its own Id and so may mean itself',
  code: ['schema_invalid', 'duplicate_id'],
  forge: ({ parts, response }) => {
    const p = parts()
    const marked = (id: string) =>
      response({
        ...p,
        signature: { signedInfo: text => swap(text, '<ds:Reference ', `<ds:Reference Id="${id}" `) },
      })
    return { evil: marked(p.assertionId), control: marked('_reference') }
  },
}
