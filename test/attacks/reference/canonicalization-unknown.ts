import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'the SignedInfo names a canonicalisation that nobody knows, and a default would be taken',
  code: 'signature_algorithm',
  forge: ({ response }) => ({
    evil: response({
      signature: {
        method: '<ds:CanonicalizationMethod Algorithm="urn:example:c14n"></ds:CanonicalizationMethod>',
      },
    }),
    control: response(),
  }),
}
