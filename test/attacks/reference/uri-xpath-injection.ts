import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'the URI closes the quotes of the XPath in which a verifier looks for the ID, and asks for another element',
  code: ['signature_layout', 'schema_invalid'],
  forge: ({ parts, response }) => {
    const p = parts()
    return {
      evil: response({ ...p, signature: { uri: `#x'] | //*[@ID='${p.assertionId}` } }),
      control: response(p),
    }
  },
}
