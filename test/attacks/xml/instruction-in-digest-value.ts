import type { Attack } from '../../support/attack.ts'
import { after } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'a processing instruction, truly signed, stands in the DigestValue, for whoever takes the first node or all',
  code: 'xml_forbidden',
  forge: ({ parts, response }) => {
    const p = parts()
    const split = (text: string) => after(text, '<ds:DigestValue>', '<?x y?>')
    return { evil: response({ ...p, signature: { signedInfo: split } }), control: response(p) }
  },
}
