import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed:
    'the signed digest is that of the empty text, for a verifier whose canonicalisation can fail without a word (CVE-2025-66568)',
  code: 'signature_digest',
  forge: ({ response }) => ({ evil: response({ signature: { digested: '' } }), control: response() }),
}
