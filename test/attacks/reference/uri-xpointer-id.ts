import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'the URI is an XPointer to the right ID, which one verifier resolves by its own grammar',
  code: 'signature_layout',
  forge: ({ parts, response }) => {
    const p = parts()
    return {
      evil: response({ ...p, signature: { uri: `#xpointer(id('${p.assertionId}'))` } }),
      control: response(p),
    }
  },
}
