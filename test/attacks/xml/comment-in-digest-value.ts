import type { Attack } from '../../support/attack.ts'
import { after } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed:
    'a comment in the DigestValue holds the digest of other content, for whoever takes the text apart again (CVE-2025-29775)',
  code: 'xml_forbidden',
  forge: ({ parts, response }) => {
    const p = parts()
    const comment = '<!--xuN3cOQxjqCfdqZcb5zyhNRCSMF1A4vYAb9VTaOoGIg=-->'
    const split = (text: string) => after(text, '<ds:DigestValue>', comment)
    return { evil: response({ ...p, signature: { after: split } }), control: response(p) }
  },
}
