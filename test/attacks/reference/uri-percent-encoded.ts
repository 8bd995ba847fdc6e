import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed:
    'a letter of the ID in the URI is percent-encoded: one verifier decodes it, another looks for it as it stands',
  code: 'signature_layout',
  forge: ({ parts, response }) => {
    const p = parts()
    return { evil: response({ ...p, signature: { uri: `#%5F${p.assertionId.slice(1)}` } }), control: response(p) }
  },
}
