import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed:
    'the canonicalisation of the SignedInfo has an empty name: a verifier that then signs the bytes as they come can be steered',
  code: 'signature_algorithm',
  forge: ({ response }) => ({
    evil: response({
      signature: { method: '<ds:CanonicalizationMethod Algorithm=""></ds:CanonicalizationMethod>' },
    }),
    control: response(),
  }),
}
