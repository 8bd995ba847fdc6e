import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'the Reference points at another server’s document, with the right ID behind the hash',
  code: 'signature_layout',
  forge: ({ parts, response }) => {
    const p = parts()
    return {
      evil: response({ ...p, signature: { uri: `http://sink.example/content#${p.assertionId}` } }),
      control: response(p),
    }
  },
}
