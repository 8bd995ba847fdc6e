import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'a blank follows the ID in the URI, which some readers trim',
  code: 'signature_layout',
  forge: ({ parts, response }) => {
    const p = parts()
    return { evil: response({ ...p, signature: { uri: `#${p.assertionId} ` } }), control: response(p) }
  },
}
